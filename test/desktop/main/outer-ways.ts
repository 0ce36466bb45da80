import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startChromium, type TestBrowser } from '../../harness/chromium.ts';
import { startOidc, type Oidc } from '../../harness/oidc.ts';
import { runValija, type System } from '../../harness/system.ts';
import type { RunningMain } from '../electron-double/run-main.ts';

const PASSWORD = 'several words in a row 7';

export interface OuterRig {
  system: System;
  /** Where pictures go. */
  output: string;
  dir: string;
  /** Starts the shell against the double; it is ended after each test. */
  start: (home: string, server: string) => RunningMain;
}

/** Ways in by the system's browser: the shell against the double, the browser another Chromium, the provider a real one. */
export function testOuterWays(findRig: () => OuterRig): void {
  let oidc: Oidc;
  let chromium: TestBrowser;
  let run: RunningMain | null = null;
  before(async () => {
    const { system, dir } = findRig();
    oidc = await startOidc({
      redirectUris: [`${system.ready.web}/session/oidc/callback`],
      claimsOf: (name) => ({ preferred_username: name, name: `${name} of the University` }),
    });
    chromium = await startChromium();
    const secret = join(dir, 'secret');
    writeFileSync(secret, oidc.webClient.secret);
    const provider = ['--issuer', oidc.issuer, '--client-id', oidc.webClient.id];
    const more = ['--client-secret-file', secret, '--name', 'University', '--make-users'];
    const args = ['directory', 'oidc', 'set', 'uni', ...provider, ...more];
    const { code, stderr } = await runValija(system, args, await system.makeAdmin());
    assert.equal(code, 0, stderr);
  });
  after(async () => {
    await chromium?.close();
    await oidc?.stop();
  });

  /** The program, which knows the server by another name than passkeys and providers do. */
  const open = async (home: string): Promise<Page> => {
    const { system, start, dir } = findRig();
    run = start(join(dir, home), (system.ready.profile ?? '').replace('localhost', '127.0.0.1'));
    const page = await run.openPage();
    page.setDefaultTimeout(20_000);
    await page.getByTestId('login-user').waitFor();
    return page;
  };
  /** What the program has handed to the system's browser since. */
  const follow = async (program: Page, browser: Page): Promise<void> => {
    await program.getByTestId('program-waiting').waitFor();
    const opened = run?.done.opened ?? [];
    while (opened.length === 0) await program.evaluate(async () => await window.valija?.start());
    await browser.goto(opened.shift() ?? '');
  };
  const readNumber = async (page: Page): Promise<string> => {
    const number = await page.locator('.program-number').innerText();
    assert.match(number, /^\d{4}$/);
    return number;
  };
  const arrive = async (page: Page, name: string): Promise<void> =>
    await page.getByText(`Welcome, ${name}`).waitFor();

  it('by the organisation’s provider, and the session is kept for who asked for that', async () => {
    const program = await open('oidc');
    await program.getByLabel('Stay signed in on this computer').check();
    await program.getByTestId('oidc-uni').click();
    const browser = await (await chromium.openPc()).newPage();
    await follow(program, browser);
    const number = await readNumber(program);
    await program.screenshot({ path: join(findRig().output, '5-waiting-for-browser.png') });
    await browser.locator('input[name=login]').fill('carla');
    await browser.locator('input[name=password]').fill('x');
    await browser.locator('button[type=submit]').click();
    await browser.locator('button[type=submit]').click();
    await browser.getByText(`that shows the number ${number} `).waitFor();
    assert.equal(await program.getByTestId('program-waiting').count(), 1, 'not before the yes');
    await browser.getByRole('button', { name: 'Yes, go on' }).click();
    await browser.getByText('go back to Valija').waitFor();
    await arrive(program, 'carla');
    const kept = join(findRig().dir, 'oidc', 'Valija', 'session.json');
    while (!existsSync(kept)) await program.evaluate(async () => await window.valija?.start());
  });

  it('by a passkey, alone and as second factor; and not when the person thinks better of it', async () => {
    const web = findRig().system.ready.web ?? '';
    const registered = await fetch(`${web}/trpc/session.register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: web },
      body: JSON.stringify({ name: 'bea', password: PASSWORD }),
    });
    assert.equal(registered.status, 200);
    const browser = await (await chromium.openPc()).newPage();
    browser.setDefaultTimeout(20_000);
    await makePasskey(browser, web);

    const program = await open('passkey');
    await program.getByTestId('with-passkey').click();
    await program.getByRole('button', { name: 'Cancel' }).click();
    await program.getByTestId('with-passkey').waitFor();
    run?.done.opened.splice(0);

    await program.getByTestId('with-passkey').click();
    await follow(program, browser);
    await browser.getByTestId('program-asked').waitFor();
    assert.equal(new URL(browser.url()).hash, '', 'what lets a program in does not stay in the address');
    assert.equal(await readNumber(browser), await readNumber(program));
    await browser.screenshot({ path: join(findRig().output, '6-let-program-in.png') });
    await browser.getByTestId('program-passkey').click();
    await browser.getByTestId('program-done').waitFor();
    await arrive(program, 'bea');

    await program.getByRole('button', { name: /^Menu of/ }).click();
    await program.getByTestId('sign-out').click();
    await program.getByTestId('login-user').fill('bea');
    await program.getByTestId('login-password').fill(PASSWORD);
    await program.getByTestId('login-submit').click();
    await program.getByTestId('factor-browser').click();
    await follow(program, browser);
    await browser.getByTestId('program-passkey').click();
    await browser.getByTestId('program-done').waitFor();
    await arrive(program, 'bea');
  });
}

/** Gives bea a passkey in this browser, whose authenticator asks nobody. */
async function makePasskey(page: Page, web: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(web);
  await page.getByTestId('login-user').fill('bea');
  await page.getByTestId('login-password').fill(PASSWORD);
  await page.getByTestId('login-submit').click();
  await page.getByText('Welcome, bea').waitFor();
  await page.goto(`${web}/#/settings/security`);
  await page.getByTestId('passkey-add').click();
  await page.getByTestId('proof-password').fill(PASSWORD);
  await page.getByTestId('proof-yes').click();
  await page.getByLabel('I have kept them').check();
  await page.getByTestId('recovery-done').click();
  await page.getByTestId('passkey').waitFor();
}
