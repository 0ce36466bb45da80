import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { TOTP } from 'otpauth';
import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { startChromium, type TestBrowser } from '../../harness/chromium.ts';
import { missingComponent } from '../../harness/component.ts';
import { startOidc, type Oidc } from '../../harness/oidc.ts';
import { runValija, startSystem, type Credentials, type System } from '../../harness/system.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { checkView } from './check-view.ts';
import { keepPicture } from './client-rig.ts';

const PASSWORD = 'several words in a row 7';

describe('signing in with all that may be asked', { skip: missingComponent('chromium') }, () => {
  const temp = makeTempDir('sign-in');
  let system: System;
  let oidc: Oidc;
  let chromium: TestBrowser;
  let admin: Credentials;
  const run = async (user: Credentials, ...args: string[]): Promise<unknown> => {
    const { code, json, stderr } = await runValija(system, args, user);
    assert.equal(code, 0, stderr);
    return json;
  };
  const register = async (name: string): Promise<void> => {
    const origin = system.ready.web ?? '';
    const response = await fetch(`${origin}/trpc/session.register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ name, password: PASSWORD }),
    });
    assert.equal(response.status, 200, await response.text());
  };
  const openPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const pc = await chromium.openPc({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await pc.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(system.ready.web ?? '');
    return page;
  };
  const type = async (page: Page, name: string, password = PASSWORD): Promise<void> => {
    await page.getByTestId('login-user').fill(name);
    await page.getByTestId('login-password').fill(password);
    await page.getByTestId('login-submit').click();
  };
  const arrive = async (page: Page, name: string): Promise<void> =>
    await page.getByText(`Welcome, ${name}`).waitFor();
  const openSecurity = async (page: Page): Promise<void> => {
    await page.goto(`${system.ready.web}/#/settings/security`);
    await page.getByTestId('security-password').waitFor();
  };
  const prove = async (page: Page): Promise<void> => {
    await page.getByTestId('proof-password').fill(PASSWORD);
    await page.getByTestId('proof-yes').click();
  };
  /** The authenticator of a PC that unlocks by a finger: keeps keys, asks nobody. */
  const plugIn = async (page: Page): Promise<CDPSession> => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        hasPrf: true,
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return cdp;
  };
  const leave = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: /^Menu of/ }).click();
    await page.getByTestId('sign-out').click();
    await page.getByTestId('login-user').waitFor();
  };
  before(async () => {
    system = await startSystem({ mode: 'start', env: { VALIJA_ALLOW_NETWORKS: '127.0.0.0/8,::1/128' } });
    oidc = await startOidc({
      redirectUris: [`${system.ready.web}/session/oidc/callback`],
      claimsOf: (name) => ({ preferred_username: name, name: `${name} of the University` }),
    });
    chromium = await startChromium();
    admin = await system.makeAdmin();
    const file = join(temp.path, 'secret');
    writeFileSync(file, oidc.webClient.secret);
    const client = ['--issuer', oidc.issuer, '--client-id', oidc.webClient.id, '--client-secret-file', file];
    const more = ['--name', 'University', '--make-users', '--sign-out-there'];
    await run(admin, 'directory', 'oidc', 'set', 'uni', ...client, ...more);
    await register('ana');
  });
  after(async () => {
    await chromium?.close();
    await system?.stop();
    await oidc?.stop();
    temp.remove();
  });

  it('by a code of an app and by a recovery code, both set up on the security page', async () => {
    const page = await openPage();
    await type(page, 'ana');
    await arrive(page, 'ana');
    await openSecurity(page);
    await checkView(page, 'security');
    await page.getByTestId('totp-add').click();
    await prove(page);
    await page.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor();
    await keepPicture(page, 'security-totp');
    const secret = (await page.getByTestId('totp-secret').innerText()).replaceAll(' ', '');
    const totp = new TOTP({ secret });
    await page.getByTestId('totp-code').fill(totp.generate());
    await page.getByTestId('totp-confirm').click();
    await page.getByTestId('recovery').waitFor();
    await keepPicture(page, 'security-recovery');
    const codes = await page.getByTestId('recovery-code').allInnerTexts();
    assert.equal(codes.length, 10);
    assert.equal(await page.getByTestId('recovery-done').isDisabled(), true);
    await page.getByLabel('I have kept them').check();
    await page.getByTestId('recovery-done').click();
    await page.getByTestId('totp-remove').waitFor();
    await leave(page);

    await type(page, 'ana');
    await page.getByTestId('factor-code').waitFor();
    await checkView(page, 'sign-in-factor');
    await page.getByTestId('factor-code').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    // A code is good once: the next half minute's is taken too.
    await page.getByTestId('factor-code').fill(totp.generate({ timestamp: Date.now() + 30_000 }));
    await page.keyboard.press('Enter');
    await arrive(page, 'ana');
    await leave(page);

    await type(page, 'ana');
    await page.getByTestId('factor-other').click();
    await page.getByTestId('factor-code').fill(codes[0] ?? '');
    await page.getByTestId('factor-submit').click();
    await arrive(page, 'ana');
    await openSecurity(page);
    await page.getByTestId('security-note').filter({ hasText: 'A recovery code was used' }).waitFor();
  });

  it('by a passkey: as second factor, and alone without name and password, which may open accounts', async () => {
    await register('bea');
    await run({ user: 'bea', password: PASSWORD }, 'unlock');
    const page = await openPage();
    await plugIn(page);
    await type(page, 'bea');
    await arrive(page, 'bea');
    await openSecurity(page);
    await page.getByTestId('passkey-add').click();
    await prove(page);
    await page.getByLabel('I have kept them').check();
    await page.getByTestId('recovery-done').click();
    const passkey = page.getByTestId('passkey');
    const press = async (name: RegExp): Promise<void> => await passkey.getByRole('button', { name }).click();
    await press(/^Rename/);
    await page.getByTestId('passkey-name').fill('The PC in the library');
    await page.getByTestId('passkey-save').click();
    await page.getByTestId('passkey').filter({ hasText: 'The PC in the library' }).waitFor();
    await page
      .getByTestId('passkey')
      .getByRole('button', { name: /^Let “/ })
      .click();
    await page.getByTestId('opening-password').fill(PASSWORD);
    await checkView(page, 'passkey-opening');
    await page.getByTestId('opening-yes').click();
    await page.getByTestId('passkey').filter({ hasText: 'Opens the accounts' }).waitFor();
    await keepPicture(page, 'passkey-opens');
    await leave(page);

    await type(page, 'bea');
    await page.getByTestId('factor-passkey').click();
    await arrive(page, 'bea');
    await leave(page);

    await page.getByTestId('with-passkey').click();
    await arrive(page, 'bea');
    const cookies = await page.context().cookies();
    const token = cookies.find(({ name }) => name.endsWith('valija-refresh'))?.value ?? '';
    assert.equal(token.split('.').length, 4, 'it carries the way to the key');
    await openSecurity(page);
    await press(/^Remove/);
    await prove(page);
    await page.getByTestId('passkey').waitFor({ state: 'detached' });
  });

  it('at the organisation’s provider and back, also out of it; and linked by a user of ours', async () => {
    const page = await openPage();
    await page.getByTestId('oidc-uni').waitFor();
    await checkView(page, 'sign-in-ways');
    await page.getByTestId('oidc-uni').click();
    const consent = async (name: string): Promise<void> => {
      await page.locator('input[name=login]').fill(name);
      await page.locator('input[name=password]').fill('x');
      await page.locator('button[type=submit]').click();
      await page.locator('button[type=submit]').click();
    };
    await consent('carla');
    await arrive(page, 'carla');
    assert.equal(new URL(page.url()).hash, '', 'the ticket does not stay in the address');
    await openSecurity(page);
    await page.getByText('Valija has no password of yours').waitFor();
    await leave(page);
    await page.getByRole('link', { name: 'Sign out at University too' }).click();
    await page.locator('button', { hasText: 'Yes' }).click();
    await page.getByTestId('login-user').waitFor();

    await register('dora');
    const own = await openPage();
    await type(own, 'dora');
    await arrive(own, 'dora');
    await openSecurity(own);
    await own.getByTestId('link-uni').click();
    const opened = own.context().waitForEvent('page');
    await prove(own);
    const window = await opened;
    await window.locator('input[name=login]').fill('dora.uni');
    await window.locator('input[name=password]').fill('x');
    await window.locator('button[type=submit]').click();
    await window.locator('button[type=submit]').click();
    await window.getByText('will then enter Valija as the user dora').waitFor();
    await window.getByRole('button', { name: 'Yes, go on' }).click();
    await window.getByText('Your sign-in is linked').waitFor();
    await window.close();
    await own.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
    await own.getByTestId('link').filter({ hasText: 'dora.uni@uni.test' }).waitFor();
    await leave(own);
    await own.getByTestId('oidc-uni').click();
    await arrive(own, 'dora');
  });

  it('says how a new password has to be, while it is typed, and changes it', async () => {
    await register('eva');
    const page = await openPage({ locale: 'es-ES' });
    await page.getByRole('button', { name: 'Español' }).click();
    await type(page, 'eva');
    await page.getByTestId('sign-out').waitFor();
    await openSecurity(page);
    await page.getByTestId('password-open').click();
    await page.getByTestId('password-old').fill(PASSWORD);
    await page.getByTestId('password-new').fill('corta');
    await page.getByText(/Faltan \d+ caracteres\./).waitFor();
    await page.getByTestId('password-new').fill('otras palabras en una fila 9');
    await page.getByText('Es bastante larga.').waitFor();
    await page.getByTestId('password-save').click();
    await page.getByText('Contraseña cambiada').first().waitFor();
    await keepPicture(page, 'security-es');
  });

  it('asks another password of who comes with one that an administrator gave, and of who lost his', async () => {
    const file = join(temp.path, 'initial');
    writeFileSync(file, 'first words for a visit 1');
    await run(admin, 'user', 'add', 'fred', '--initial-password-file', file);
    const page = await openPage();
    await type(page, 'fred', 'first words for a visit 1');
    await page.getByTestId('step-password').waitFor();
    await keepPicture(page, 'sign-in-change');
    await page.getByTestId('step-password').fill('short');
    await page.keyboard.press('Enter');
    await page.getByText(/^\d+ more characters\.$/).waitFor();
    await page.getByTestId('step-password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await arrive(page, 'fred');
    const made = (await run(admin, 'user', 'reset', 'fred', '--hand')) as { code: string };
    await page.getByTestId('login-user').waitFor();
    await page.getByRole('button', { name: 'Use a reset code' }).click();
    await page.getByTestId('redeem-user').fill('fred');
    await page.getByTestId('redeem-code').fill(made.code);
    await page.getByTestId('step-password').fill('other words for another day');
    await keepPicture(page, 'sign-in-redeem');
    await page.getByTestId('step-submit').click();
    await arrive(page, 'fred');
    await openSecurity(page);
    await page.getByTestId('security-note').filter({ hasText: 'A reset code was made' }).waitFor();
  });

  it('sets up a second factor where the organisation demands one, before anything else is shown', async () => {
    await register('gil');
    await run(admin, 'policy', 'set', 'second-factor=required');
    const page = await openPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await plugIn(page);
    await type(page, 'gil');
    await page.getByTestId('set-up-passkey').waitFor();
    await page.getByTestId('set-up-app').click();
    await checkView(page, 'sign-in-set-up');
    await page.getByTestId('set-up-passkey').click();
    await page.getByTestId('recovery').waitFor();
    await keepPicture(page, 'sign-in-recovery');
    await page.getByLabel('I have kept them').check();
    await page.getByTestId('recovery-done').click();
    await arrive(page, 'gil');
  });
});
