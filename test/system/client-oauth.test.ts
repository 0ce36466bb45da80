import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../../common/shapes/account.ts';
import { stubCalls } from '../desktop/renderer/stub-calls.ts';
import { startChromium, type TestBrowser } from '../harness/chromium.ts';
import { missingComponent } from '../harness/component.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { startOidc, type Oidc } from '../harness/oidc.ts';
import { runValija, startSystem, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { Pc } from './pc.ts';

const OUTPUT = join(import.meta.dirname, '..', '..', 'test-output', 'retrieval');
const ANA = { user: 'ana', password: 'a traveller since 2026' };

const mail = (subject: string): Uint8Array =>
  Buffer.from(
    `From: B <b@far.test>\r\nTo: ana@uni.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replaceAll(' ', '-')}@t>\r\n\r\nHi\r\n`,
  );

const skip = missingComponent('dovecot', 'chromium');

describe('an account that signs in at its provider, as its user sees it', { skip }, () => {
  const temp = makeTempDir('client-oauth');
  let system: System;
  let dovecot: Dovecot;
  let oidc: Oidc;
  let browser: TestBrowser;
  let pc: Pc;

  before(async () => {
    mkdirSync(OUTPUT, { recursive: true });
    system = await startSystem({ mode: 'start' });
    // A token that lives five minutes is renewed before every use: what the provider has ended is seen at once.
    oidc = await startOidc({
      redirectUris: [`${system.ready.profile}/oauth/callback`],
      accessTokenLife: 120,
    });
    dovecot = await startDovecot({
      users: { ana: 'a password that nobody uses' },
      tokens: oidc.introspection,
    });
    dovecot.deliver('ana', [mail('Came by a token')]);
    const secret = join(temp.path, 'client-secret');
    writeFileSync(secret, oidc.clientSecret);
    const set = await runValija(
      system,
      [
        'oauth',
        'set',
        'own',
        '--name=University',
        `--client-id=${oidc.clientId}`,
        `--client-secret-file=${secret}`,
        `--authorize-url=${oidc.authorizeUrl}`,
        `--token-url=${oidc.tokenUrl}`,
        `--device-url=${oidc.deviceUrl}`,
        `--issuer=${oidc.issuer}`,
        '--scope=openid',
        '--scope=email',
        '--scope=mail',
        '--flow=code',
        '--flow=device',
        '--host=127.0.0.1',
      ],
      await system.makeAdmin(),
    );
    assert.equal(set.code, 0, set.stderr);
    browser = await startChromium();
    pc = await Pc.sitDown(await browser.openPc({ viewport: { width: 1280, height: 860 } }), system);
    // No DNS in a test: the settings are what discovery would have found.
    const { host, port } = dovecot;
    await stubCalls(pc.page, {
      'discover.find': ({ email }: { email: string }) => ({
        email,
        provider: null,
        unencrypted: null,
        found: [
          {
            source: 'autoconfig',
            pop3: { host, port, tls: 'none', user: 'ana', auth: 'auto' },
            smtp: null,
            verified: true,
            confirm: false,
          },
        ],
      }),
    });
  });
  after(async () => {
    await browser?.close();
    await system?.stop();
    await dovecot?.stop();
    await oidc?.stop();
    temp.remove();
  });
  const keepPicture = async (name: string): Promise<void> => {
    await pc.page.screenshot({ path: join(OUTPUT, `oauth-${name}.png`) });
  };
  const readAccount = async (): Promise<Account> => {
    const { json } = await runValija(system, ['account', 'list'], ANA);
    return (json as { accounts: Account[] }).accounts[0]!;
  };
  /** Signs in at the provider and consents, in the window that was opened. */
  const consent = async (window: Page): Promise<void> => {
    const done = window.getByRole('heading', { name: /You are signed in|Sesión iniciada/ });
    const submit = window.locator('button[type=submit]');
    // Who has signed in there before is only asked for his consent.
    for (let step = 0; step < 3; step += 1) {
      await done.or(submit).waitFor();
      if ((await done.count()) > 0) return;
      const name = window.locator('input[name=login]');
      if ((await name.count()) > 0) {
        await name.fill('ana');
        await window.locator('input[name=password]').fill('anything');
      }
      await Promise.all([window.waitForEvent('load'), submit.click()]);
    }
    await done.waitFor();
  };

  test('is added by signing in on the provider’s page, without a password of its own', async () => {
    await pc.page.getByRole('button', { name: 'Create an account' }).click();
    await pc.signIn(ANA.user, ANA.password);
    await pc.page.getByTestId('account-email').fill('ana@uni.test');
    await pc.page.getByTestId('account-next').click();
    await pc.page.getByTestId('oauth-begin').getByText('Sign in with University').waitFor();
    assert.equal(await pc.page.getByTestId('account-password').count(), 0);
    const opened = pc.page.waitForEvent('popup');
    await pc.page.getByTestId('oauth-begin').click();
    const window = await opened;
    await pc.page.getByTestId('oauth-waiting').waitFor();
    await keepPicture('1-waiting');
    await consent(window);
    await pc.row('Came by a token').waitFor();
    const account = await readAccount();
    assert.equal(account.oauth, 'own');
    assert.equal(account.pop3.auth, 'xoauth2');
  });

  test('says when the provider wants a sign-in again, and one button does it', async () => {
    await oidc.revoke('ana');
    await pc.page.getByTestId('check-now').click();
    await pc.page
      .getByTestId('account-strip')
      .getByText('ana@uni.test needs you to sign in again.')
      .waitFor();
    assert.equal((await readAccount()).state, 'needs-sign-in');
    await pc.page.getByTestId('nav-sign-in').click();
    const dialog = pc.page.getByRole('dialog');
    await dialog.getByText('University wants you to sign in again').waitFor();
    await keepPicture('2-again');
    const opened = pc.page.waitForEvent('popup');
    await dialog.getByTestId('oauth-begin').click();
    dovecot.deliver('ana', [mail('After signing in again')]);
    await consent(await opened);
    await dialog.waitFor({ state: 'detached' });
    await pc.row('After signing in again').waitFor();
    await pc.page.getByTestId('account-strip').waitFor({ state: 'detached' });
    assert.deepEqual(pc.complaints, []);
  });
});
