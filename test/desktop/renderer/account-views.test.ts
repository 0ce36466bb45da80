import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { describeError } from '../../../common/error-texts/describe.ts';
import { MailError } from '../../../common/errors.ts';
import type { AccountProblem } from '../../../common/shapes/account.ts';
import type { Language } from '../../../common/shapes/profile.ts';
import { missingComponent } from '../../harness/component.ts';
import { runValija } from '../../harness/system.ts';
import { ACCOUNT, SETTINGS, makeTimeline, minute } from './account-samples.ts';
import { firstAccount } from './first-account.ts';
import { checkView, setLanguage } from './check-view.ts';
import { signIn, startClientRig, type ClientRig } from './client-rig.ts';
import { stubCalls } from './stub-calls.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

const FAULTS: [AccountProblem, AccountProblem] = [
  { code: 'auth-failed', reason: 'pop-disabled', message: '', serverLine: '-ERR [AUTH] POP access is off' },
  { code: 'dropped', message: '', serverLine: null },
];

describe('the views of accounts', { skip }, () => {
  let rig: ClientRig;
  before(async () => {
    rig = await startClientRig([[], []]);
  });
  after(async () => await rig?.stop());

  const arrive = async (language: Language, colorScheme: 'light' | 'dark', width: number): Promise<Page> => {
    const page = await rig.openPage({
      viewport: { width, height: 860 },
      locale: language === 'es' ? 'es-ES' : 'en-GB',
      colorScheme,
      reducedMotion: 'reduce',
    });
    await signIn(page, rig);
    await setLanguage(page, rig, language);
    return page;
  };
  const openFirst = async (page: Page): Promise<void> => {
    await page.goto(`${rig.system.ready.web}/#/settings/accounts`);
    await page
      .getByTestId('account-card')
      .first()
      .getByRole('button', { name: /Activity|Actividad/ })
      .click();
    await page.getByTestId('activity').waitFor();
  };

  const looks: Parameters<typeof arrive>[] = [
    ['en', 'light', 1280],
    ['es', 'dark', 320],
    // By VALIJA_TESTS=all.
    ['en', 'dark', 800],
    ['es', 'light', 390],
  ];
  for (const look of process.env['VALIJA_TESTS'] === 'all' ? looks : looks.slice(0, 1)) {
    it(`have no fault that axe finds: ${look.join(', ')}`, async () => {
      const page = await arrive(...look);
      const name = (view: string): string => `${look.join('-')}-${view}`;
      await stubCalls(page, {
        'account.timeline': ({ before }: { before: string | null }) =>
          before === null
            ? makeTimeline(
                [{}, { new: 3, bytes: 9000 }, { error: FAULTS[0] }, { new: 9, error: FAULTS[1] }, {}],
                '7',
              )
            : makeTimeline([{ polls: 5 }]),
        'retention.preview': ({ keep }: { keep: string }) => ({
          account: 'any',
          keep,
          count: 312,
          bytes: 84_000_000,
          examples: [
            { id: 'm1', subject: 'Minutes of the meeting', from: 'Bea', date: minute(0) },
            { id: 'm2', subject: '', from: '', date: minute(1) },
          ],
          confirmation: 'signed',
        }),
        ...SETTINGS,
      });
      await openFirst(page);
      await page.getByTestId('timeline-entry').nth(4).waitFor();
      await checkView(page, name('activity'));
      await page.getByTestId('timeline-older').click();
      await page.getByTestId('timeline-older').waitFor({ state: 'detached' });
      assert.equal(
        await page.getByTestId('timeline-entry').count(),
        5,
        'like checks of two pages are one line',
      );
      await page.getByRole('link', { name: /Settings of the account|Ajustes de la cuenta/ }).click();
      await page.getByRole('radio', { name: /Delete it once|Borrarlo cuando/ }).check();
      await checkView(page, name('account-settings'));
      await page.getByTestId('account-save').click();
      await page.getByTestId('retention-confirm').getByText('312').waitFor();
      await checkView(page, name('retention'));
      await page.keyboard.press('Escape');
      for (const [view, email] of [
        ['google', 'ana@gmail.example'],
        ['no-pop', 'ana@icloud.example'],
        ['confirm', 'ana@forged.example'],
      ] as const) {
        await page.goto(`${rig.system.ready.web}/#/settings/accounts`);
        await page.getByTestId('account-card').first().waitFor();
        await page.goto(`${rig.system.ready.web}/#/settings/accounts/new`);
        await page.getByTestId('account-email').fill(email);
        await page.getByTestId('account-next').click();
        await page.getByTestId('account-found').waitFor();
        if (view === 'confirm') await page.getByTestId('account-save').click();
        await checkView(page, name(`found-${view}`));
      }
      await page.context().close();
    });
  }

  it('lock an account with the password of Valija, ask for it once, and show each use of its own', async () => {
    const page = await arrive('es', 'dark', 390);
    await openFirst(page);
    await page.getByRole('link', { name: 'Ajustes de la cuenta' }).click();
    await page.getByTestId('signed-in-only').getByRole('checkbox').check();
    await page.getByTestId('account-save').click();
    const unlock = page.getByTestId('unlock');
    await unlock.getByLabel(/Contraseña/).fill('not this one');
    await page.keyboard.press('Enter');
    await unlock.getByRole('alert').waitFor();
    await checkView(page, 'unlock');
    await unlock.getByLabel(/Contraseña/).fill(rig.user.password);
    await unlock.getByRole('button', { name: 'Abrir' }).click();
    await unlock.waitFor({ state: 'detached' });
    await page.getByTestId('activity').waitFor();
    await page.getByRole('button', { name: 'Comprobar' }).first().click();
    await page.getByTestId('uses').getByText('Usos de la contraseña').click();
    await page.getByTestId('use').first().waitFor();
    await checkView(page, 'uses');
    await page.getByRole('link', { name: 'Ajustes de la cuenta' }).click();
    await page.getByTestId('signed-in-only').getByRole('checkbox').uncheck();
    await page.getByTestId('account-save').click();
    await page.getByTestId('activity').waitFor();
    await page.context().close();
  });

  it('sign in by a code on another device, which can be copied', async () => {
    const page = await arrive('en', 'light', 1280);
    const asked = await stubCalls(page, SETTINGS);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${rig.system.ready.web}/#/settings/accounts/new`);
    await page.getByTestId('account-email').fill('ana@gmail.example');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign in on another device' }).click();
    await page.getByTestId('oauth-code').getByText('WDJB-MJHT').waitFor();
    await page.getByRole('button', { name: 'Copy the code' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await page.evaluate(async () => await navigator.clipboard.readText()), 'WDJB-MJHT');
    await checkView(page, 'device-code');
    const begun = asked.find((call) => call.name === 'oauth.begin')?.input;
    assert.deepEqual(begun, {
      provider: 'google',
      flow: 'device',
      account: null,
      email: 'ana@gmail.example',
    });
    await page.context().close();
  });

  it('say why a sign-in at the provider did not work, and try the next settings where a server is silent', async () => {
    const page = await arrive('en', 'light', 1280);
    const refused = new MailError('needs-sign-in', 'refused');
    const asked = await stubCalls(page, {
      ...SETTINGS,
      'oauth.begin': () => {
        throw refused;
      },
      'account.test': ({ settings }: { settings: { pop3: { host: string } } }) => {
        const code = settings.pop3.host.startsWith('first') ? 'timeout' : 'auth-failed';
        const error = { code, reason: null, params: {}, message: '', serverLine: null };
        return { pop3: { ok: false, error, tls: null, capabilities: [], messages: null }, smtp: null };
      },
    });
    await page.goto(`${rig.system.ready.web}/#/settings/accounts/new`);
    await page.getByTestId('account-email').fill('ana@gmail.example');
    await page.getByTestId('account-next').click();
    await page.getByTestId('oauth-begin').click();
    await page.getByRole('alert').getByText(describeError(refused, 'en').message).waitFor();
    await page.getByRole('button', { name: 'Use an app password instead' }).click();
    await page.getByTestId('account-password').fill('wrong');
    await page.getByTestId('account-save').click();
    await page
      .locator('[data-ok=false]')
      .getByText(describeError({ code: 'auth-failed' }, 'en').message)
      .waitFor();
    const hosts = asked.filter(({ name }) => name === 'account.test').map(({ input }) => input as never);
    assert.deepEqual(
      hosts.map((input: { settings: { pop3: { host: string } } }) => input.settings.pop3.host),
      ['first.gmail.example', 'second.gmail.example'],
      'a refused password is not tried at a third server',
    );
    await page.context().close();
  });

  it('say when the next check is allowed to who checks too soon', async () => {
    const page = await arrive('en', 'light', 1280);
    const nextAllowed = new Date(Date.now() + 600_000).toISOString();
    await stubCalls(page, {
      'check.run': () => ({
        accounts: [
          { id: 'x', email: '', new: 0, bytes: 0, seconds: 0, error: { code: 'too-soon', message: '' } },
        ],
      }),
    });
    await page.goto(`${rig.system.ready.web}/#/settings/accounts`);
    const id = await firstAccount(page);
    await page.unrouteAll();
    await stubCalls(page, {
      'check.run': () => ({
        accounts: [
          {
            id,
            email: '',
            new: 0,
            bytes: 0,
            seconds: 0,
            error: { code: 'too-soon', message: '', serverLine: null },
          },
        ],
      }),
      'account.list': () => ({ accounts: [{ ...ACCOUNT, id, nextAllowed }] }),
    });
    await page.getByTestId('account-card').first().getByRole('button', { name: 'Check now' }).click();
    const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Madrid' });
    // Hours before ten stand without a nought.
    const short = time.format(Date.parse(nextAllowed)).replace(/^0/, '');
    const said = new RegExp(`the next check is allowed at ${short}\\.`);
    await page.getByTestId('notice').getByText(said).waitFor();
    await page.context().close();
  });

  it('can be filled in and left by the keyboard alone', async () => {
    const page = await arrive('en', 'light', 1280);
    await stubCalls(page, SETTINGS);
    await page.goto(`${rig.system.ready.web}/#/settings/accounts/new`);
    await page.locator('[data-testid=account-email]:focus').waitFor();
    await page.keyboard.type('ana@forged.example');
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=account-password]:focus').waitFor();
    await page.keyboard.type('secret');
    await page.keyboard.press('Enter');
    await page.getByText('Tick this to go on').waitFor();
    for (let presses = 0; presses < 6; presses += 1) {
      if ((await page.locator('[type=checkbox]:focus').count()) > 0) break;
      await page.keyboard.press('Shift+Tab');
    }
    await page.keyboard.press('Space');
    assert.ok(await page.getByRole('checkbox').isChecked());
    await page.context().close();
  });

  it('show what the organisation gives, keeps closed and stops, while somebody looks on', async () => {
    const admin = await rig.system.makeAdmin();
    const act = async (...args: string[]): Promise<void> => {
      const { code, stderr } = await runValija(rig.system, args, admin);
      assert.equal(code, 0, stderr);
    };
    const page = await arrive('en', 'light', 1280);
    await page.goto(`${rig.system.ready.web}/#/settings/accounts`);
    await page.getByTestId('account-card').nth(1).waitFor();
    const why = 'The computing centre keeps this.';
    const place = ['--email', '{{user}}@uni.example', '--pop3-host', 'pop.uni.example'];
    await act('layer', 'add', 'accounts', ...place, '--locked', why);
    const given = page.getByTestId('account-card').filter({ hasText: 'ana@uni.example' });
    await given.getByText(why).waitFor();
    await given.getByText('It still needs your password').waitFor();
    assert.equal(await given.getByRole('button', { name: 'Edit' }).count(), 0);
    const rule = { name: 'Lists', enabled: true, position: 0, script: 'keep;' };
    await act('layer', 'add', 'rules', '--value', JSON.stringify(rule), '--locked', why);
    await act('layer', 'add', 'preferences', '--key', 'density', '--value', '"compact"', '--locked', why);
    await act('policy', 'set', 'allowed-hosts=*.uni.example');
    const stopped = page
      .getByTestId('account-card')
      .filter({ hasText: 'does not allow accounts at 127.0.0.1' });
    await stopped.nth(1).waitFor();
    await checkView(page, 'given-accounts');
    await page.goto(`${rig.system.ready.web}/#/settings/rules`);
    await page.getByTestId('rule-card').getByText(why).waitFor();
    assert.equal(await page.getByRole('switch').isDisabled(), true);
    await checkView(page, 'given-rules');
    await page.goto(`${rig.system.ready.web}/#/settings/appearance`);
    const density = page.getByTestId('given-density');
    await density.getByText(why).waitFor();
    assert.equal(await density.getByRole('radio').first().isDisabled(), true);
    await page.setViewportSize({ width: 390, height: 860 });
    await checkView(page, 'given-appearance-390');
    await page.context().close();
    await act('policy', 'set', 'allowed-hosts=');
  });
});
