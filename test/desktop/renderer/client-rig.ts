import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startChromium, type TestBrowser } from '../../harness/chromium.ts';
import { startDovecot, type Dovecot } from '../../harness/dovecot.ts';
import { ROOT } from '../../harness/server-process.ts';
import { startSmtpSink, type SmtpSink } from '../../harness/smtp-sink.ts';
import { runValija, startSystem, type Credentials, type System } from '../../harness/system.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

/** Where pictures of the screens go. */
const PICTURES = join(ROOT, 'test-output', 'client');

/** A user with two accounts on a real Dovecot, whole Valija, a next hop that takes mail, and Chromium. */
export interface ClientRig {
  system: System;
  dovecot: Dovecot;
  sink: SmtpSink;
  chromium: TestBrowser;
  user: Credentials;
  /** A page on a PC where nobody was before. */
  openPage(options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
}

export const ADDRESSES = ['ana@example.test', 'ana.ruiz@correo.example'] as const;

/** `mails` lie in the maildrops of the two addresses before they are fetched for the first time. */
export async function startClientRig(
  mails: readonly [Uint8Array[], Uint8Array[]],
  mode: 'start' | 'serve' = 'start',
  /** Of smtp-sink, such as what it refuses. */
  sinkArgs: string[] = [],
): Promise<ClientRig> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    const dovecot = await startDovecot({ users: { first: 'pop-secret-1', second: 'pop-secret-2' } });
    ends.push(async () => await dovecot.stop());
    dovecot.deliver('first', mails[0]);
    dovecot.deliver('second', mails[1]);
    const sink = await startSmtpSink({ args: sinkArgs });
    ends.push(async () => await sink.stop());
    const env = { VALIJA_RELAY_SMARTHOST: `smtp://127.0.0.1:${sink.port}` };
    const system = await startSystem({ mode, env });
    ends.push(async () => await system.stop());
    const user = { user: 'ana', password: 'a long password 1' };
    await addAccounts(system, dovecot, user);
    const chromium = await startChromium();
    ends.push(async () => await chromium.close());
    const openPage = async (options: BrowserContextOptions = {}): Promise<Page> =>
      await (await chromium.openPc({ viewport: { width: 1280, height: 800 }, ...options })).newPage();
    return { system, dovecot, sink, chromium, user, openPage, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addAccounts(system: System, dovecot: Dovecot, user: Credentials): Promise<void> {
  await demand(system, ['register'], user);
  const secrets = makeTempDir('secrets');
  try {
    for (const [at, email] of ADDRESSES.entries()) {
      const file = join(secrets.path, `${at}`);
      writeFileSync(file, `pop-secret-${at + 1}`);
      const pop3 = ['--pop3-host', '127.0.0.1', '--pop3-port', `${dovecot.port}`, '--pop3-tls', 'none'];
      const login = ['--pop3-user', at === 0 ? 'first' : 'second', '--pop3-password-file', file];
      await demand(system, ['account', 'add', '--email', email, ...pop3, ...login, '--send', 'relay'], user);
    }
  } finally {
    secrets.remove();
  }
}

async function demand(system: System, args: string[], user: Credentials): Promise<void> {
  const { code, stderr } = await runValija(system, args, user);
  if (code !== 0) throw new Error(`valija ${args.join(' ')}: ${stderr}`);
}

export async function signIn(page: Page, rig: Pick<ClientRig, 'system' | 'user'>): Promise<void> {
  await page.goto(rig.system.ready.web ?? '');
  await page.getByTestId('login-user').fill(rig.user.user);
  await page.getByTestId('login-password').fill(rig.user.password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('message-list').waitFor();
}

/** Waits until a list shows so many rows. */
export async function waitForRows(page: Page, count: number): Promise<void> {
  await page.locator(`[data-testid=message-list][data-loaded="${count}"]`).waitFor();
  // React answers keys with these rows only after the frame that shows them.
  await page.evaluate(
    async () => await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** Waits until a field shows a text; an attribute says only what stood there first. */
export async function waitForValue(page: Page, testId: string, value: string): Promise<void> {
  await page.waitForFunction(
    ([id, wanted]) => document.querySelector<HTMLInputElement>(`[data-testid="${id}"]`)?.value === wanted,
    [testId, value],
  );
}

export async function openMail(page: Page, subject: string): Promise<void> {
  await page.getByTestId('message-row').filter({ hasText: subject }).click();
  await page.getByTestId('message-subject').filter({ hasText: subject }).waitFor();
}

/** Waits until the composer's mail is called so. */
export async function waitForSubject(page: Page, subject: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector<HTMLInputElement>('[data-testid=compose-subject]')?.value === wanted,
    subject,
  );
}

/** The window loses the person for a moment, so that the open draft is saved at once. */
export async function saveDraft(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('blur')));
  await page.locator('[data-testid=saved][data-saving=saved]').waitFor();
}

/** Keeps a picture of a screen among the test output. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
