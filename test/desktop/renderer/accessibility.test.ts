import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { checkView, setLanguage } from './check-view.ts';
import { openMail, signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { SAMPLES, writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');
describe('every view', { skip }, () => {
  let rig: ClientRig;
  before(async () => {
    const mails = SAMPLES.toSorted((a, b) => b.ago - a.ago).map((one) => writeSample(one, Date.now()));
    rig = await startClientRig([mails, []]);
  });
  after(async () => await rig?.stop());

  const looks = [
    { language: 'en', colorScheme: 'light', width: 1280 },
    { language: 'es', colorScheme: 'dark', width: 320 },
    // Minutes more: by VALIJA_TESTS=all.
    { language: 'es', colorScheme: 'dark', width: 1280 },
    { language: 'es', colorScheme: 'light', width: 800 },
    { language: 'en', colorScheme: 'dark', width: 390 },
  ] as const;
  const wanted = process.env['VALIJA_TESTS'] === 'all' ? looks : looks.slice(0, 2);
  for (const { language, colorScheme, width } of wanted) {
    it(`has no fault that axe finds: ${language}, ${colorScheme}, ${width} px`, async () => {
      const look = `${language}-${colorScheme}-${width}`;
      const page = await rig.openPage({
        viewport: { width, height: 800 },
        locale: language === 'es' ? 'es-ES' : 'en-GB',
        colorScheme,
        reducedMotion: 'reduce',
      });
      await page.goto(rig.system.ready.web ?? '');
      await page.getByTestId('login-user').waitFor();
      await checkView(page, `${look}-sign-in`);
      await page.getByRole('button', { name: /Create an account|Crear una cuenta/ }).click();
      await checkView(page, `${look}-register`);
      await signIn(page, rig);
      await setLanguage(page, rig, language);
      await page.getByTestId('check-now').click();
      await waitForRows(page, SAMPLES.length);
      await checkView(page, `${look}-inbox`);
      for (const [name, subject] of [
        ['html', 'Offsite on the 12th'],
        ['text', 'Revised floor plans'],
        ['designed', 'pan de centeno'],
        ['phishing', 'Your parcel'],
      ] as const) {
        await openMail(page, subject);
        if (name !== 'text') await page.locator('.mail-frame[data-filled]').waitFor();
        await checkView(page, `${look}-mail-${name}`);
        if (width < 720) await page.keyboard.press('Escape');
      }
      await page.keyboard.press('x');
      await checkView(page, `${look}-selected`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await checkView(page, `${look}-help`);
      await page.keyboard.press('Escape');
      await page.getByTestId('compose').click();
      await page.getByTestId('compose-to').fill('marta@oliveira.example, not an address');
      await page.getByTestId('compose-subject').fill('A subject');
      await checkView(page, `${look}-composer`);
      await page.getByRole('button', { name: /Discard|Descartar/ }).click();
      for (const section of ['accounts', 'mailboxes', 'rules/new', 'appearance', 'security']) {
        await page.goto(`${rig.system.ready.web}/#/settings/${section}`);
        await page.locator('.settings-page h1').waitFor();
        await page.waitForFunction(() => document.querySelector('.skeleton') === null);
        await checkView(page, `${look}-settings-${section.replace('/', '-')}`);
      }
      await page.goto(`${rig.system.ready.web}/#/settings/accounts/new`);
      await page.getByTestId('account-email').fill('ana@gmail.com');
      await page.getByTestId('account-by-hand').click();
      await page.getByTestId('account-password').fill('x');
      await page.getByTestId('account-host').fill('127.0.0.1');
      await page.getByTestId('account-port').fill('9');
      await page.getByTestId('account-save').click();
      await page.getByTestId('test-result').waitFor({ timeout: 30_000 });
      await checkView(page, `${look}-account`);
      await page.goto(`${rig.system.ready.web}/#/trash`);
      await page.locator('.blank').first().waitFor();
      await checkView(page, `${look}-empty`);
      await page.keyboard.press('Control+Shift+Q');
      await page.getByTestId('login-user').waitFor();
      await checkView(page, `${look}-signed-out`);
    });
  }
});

describe('with the keyboard alone', { skip }, () => {
  let rig: ClientRig;
  before(async () => {
    const mails = SAMPLES.toSorted((a, b) => b.ago - a.ago).map((one) => writeSample(one, Date.now()));
    rig = await startClientRig([mails, []]);
  });
  after(async () => await rig?.stop());

  it('a person signs in, reads, flags, selects, archives, undoes, writes, sends and signs out', async () => {
    const page = await rig.openPage();
    const { keyboard } = page;
    await page.goto(rig.system.ready.web ?? '');
    await page.getByTestId('login-user').waitFor();
    // The first field has the focus already.
    await keyboard.type(rig.user.user);
    await keyboard.press('Tab');
    await keyboard.type(rig.user.password);
    await keyboard.press('Enter');
    await page.getByTestId('message-list').waitFor();
    await tabTo(page, '[data-testid=check-now]');
    await keyboard.press('Enter');
    await waitForRows(page, SAMPLES.length);

    // Up from the first row, or from none where mail came after the sign-in: the first row both times.
    await keyboard.press('k');
    await focusIs(page, 'Offsite on the 12th');
    await keyboard.press('Enter');
    await page.getByTestId('message-subject').filter({ hasText: 'Offsite' }).waitFor();
    await keyboard.press('j');
    await page.getByTestId('message-subject').filter({ hasText: 'Revised' }).waitFor();
    await keyboard.press('s');
    await page.locator('[data-open=true] .row-flag[aria-pressed=true]').waitFor({ state: 'attached' });
    await keyboard.press('u');
    await page.getByText('Pick a mail to read it here.').waitFor();

    await keyboard.press('x');
    await keyboard.press('Shift+ArrowDown');
    await page.getByText('2 selected').first().waitFor();
    await keyboard.press('e');
    await page.getByTestId('notice').filter({ hasText: '2 mails archived.' }).waitFor();
    await waitForRows(page, SAMPLES.length - 2);
    await keyboard.press('z');
    await waitForRows(page, SAMPLES.length);

    await keyboard.press('F6');
    await keyboard.press('F6');
    await page.locator('[data-region]:focus-within').waitFor();

    await keyboard.press('c');
    await page.getByTestId('compose-to').waitFor();
    await keyboard.type('marta@oliveira.example');
    await keyboard.press('Tab');
    await tabTo(page, '[data-testid=compose-subject]');
    await keyboard.type('Written without a mouse');
    await keyboard.press('Tab');
    await keyboard.type('Hello');
    await keyboard.press('Control+Enter');
    await page.getByTestId('notice').filter({ hasText: 'Sending in 8 s.' }).waitFor();
    await keyboard.press('g');
    await keyboard.press('s');
    await page.getByTestId('message-row').filter({ hasText: 'Written without a mouse' }).waitFor();
    await keyboard.press('Control+Shift+Q');
    await page.getByText('Signed out. Valija kept nothing on this computer.').waitFor();
  });
});

/** Presses Tab until the wanted element has the focus, as a person would. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reached ${selector}`);
}

async function focusIs(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.textContent.includes(wanted) === true, text);
}
