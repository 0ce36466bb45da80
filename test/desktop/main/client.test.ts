import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { buildClient } from '../../../desktop/build.ts';
import { buildShell } from '../../../desktop/main/build.ts';
import { missingComponent } from '../../harness/component.ts';
import { startDovecot, type Dovecot } from '../../harness/dovecot.ts';
import { runValija, startSystem, type System } from '../../harness/system.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { runMain, type RunningMain } from '../electron-double/run-main.ts';
import { testOuterWays } from './outer-ways.ts';

const OUTPUT = join(import.meta.dirname, '../../../test-output/desktop');
const ANA = { user: 'ana', password: 'a traveller since 2026' };
const MAIL = [
  'From: Luis <luis@far.test>',
  'To: ana@uni.test',
  'Subject: Lunch on Monday',
  'Date: Fri, 20 Nov 2026 10:01:00 +0100',
  'Message-ID: <lunch@test>',
  'MIME-Version: 1.0',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Shall we say <b>two</b>? <a href="https://far.test/menu">The menu</a></p>',
  '<img src="http://tracker.far.test/p.png"><style>p { background: url(http://tracker.far.test/b.png) }</style>',
  '',
].join('\r\n');

describe(
  'the client in the shell, against a double in Chromium',
  { skip: missingComponent('dovecot', 'chromium') },
  () => {
    const dir = makeTempDir('desktop');
    const home = join(dir.path, 'home');
    const tokenFile = join(home, 'Valija', 'session.json');
    let main = '';
    let dovecot: Dovecot;
    let system: System;
    let run: RunningMain | null = null;

    before(async () => {
      mkdirSync(OUTPUT, { recursive: true });
      const client = join(dir.path, 'client');
      await buildClient(client);
      await buildShell(client);
      main = join(client, 'main.cjs');
      dovecot = await startDovecot({ users: { ana: 'maildrop one' } });
      dovecot.deliver('ana', [Buffer.from(MAIL)]);
      system = await startSystem({
        mode: 'start',
        env: { VALIJA_ALLOW_NETWORKS: '127.0.0.0/8,::1/128' },
      });
      const registered = await runValija(system, ['register'], ANA);
      assert.equal(registered.code, 0, registered.stderr);
      const password = join(dir.path, 'maildrop-password');
      writeFileSync(password, 'maildrop one', { mode: 0o600 });
      const added = await runValija(
        system,
        [
          'account',
          'add',
          '--email',
          'ana@uni.test',
          '--pop3-host',
          dovecot.host,
          '--pop3-port',
          String(dovecot.port),
        ].concat([
          '--pop3-tls',
          'none',
          '--pop3-user',
          'ana',
          '--pop3-password-file',
          password,
          '--keep',
          'always',
        ]),
        ANA,
      );
      assert.equal(added.code, 0, added.stderr);
      const checked = await runValija(system, ['check'], ANA);
      assert.equal(checked.code, 0, checked.stderr);
    });
    afterEach(async () => void (await run?.quit()));
    after(async () => {
      await system?.stop();
      await dovecot?.stop();
      dir.remove();
    });

    function start(
      args: string[] = [`--server=${system.ready.profile}`],
      env: Record<string, string> = {},
    ): RunningMain {
      run = runMain(main, { home }, args, env);
      return run;
    }

    async function signIn(page: Page): Promise<void> {
      page.setDefaultTimeout(20_000);
      await page.getByTestId('login-user').fill(ANA.user);
      await page.getByTestId('login-password').fill(ANA.password);
      await page.getByTestId('login-submit').click();
    }

    const row = (page: Page) => page.getByTestId('message-row').filter({ hasText: 'Lunch on Monday' });

    async function signOut(page: Page): Promise<void> {
      await page.getByRole('button', { name: 'Menu of ana' }).click();
      await page.getByTestId('sign-out').click();
      await page.getByTestId('login-user').waitFor();
    }

    it('signs in, lists, opens a mail that calls nowhere, follows its link outside, and signs out', async () => {
      const running = start();
      const page = await running.openPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      await signIn(page);
      await row(page).waitFor();
      await page.screenshot({ path: join(OUTPUT, '1-list.png') });
      assert.equal(running.done.badge, 1);
      await row(page).click();
      const body = page.getByTestId('message-body');
      await body.waitFor();
      const link = page.frameLocator('iframe').getByRole('link', { name: 'The menu' });
      await link.waitFor();
      await page.screenshot({ path: join(OUTPUT, '2-mail.png') });
      await link.click();
      for (let tries = 0; running.done.opened.length === 0 && tries < 100; tries += 1) {
        await page.evaluate(async () => await window.valija?.start());
      }
      assert.deepEqual(running.done.opened, ['https://far.test/menu']);
      assert.deepEqual(running.sessions[0]?.facts.calledOut, []);
      await signOut(page);
      assert.equal(existsSync(tokenFile), false);
      assert.deepEqual(complaints, []);
    });

    it('opens the composer for a mailto: and the mail for a deep link, once somebody is signed in', async () => {
      const running = start([
        `--server=${system.ready.profile}`,
        'mailto:luis@far.test?subject=Two%20is%20fine&attach=/etc/passwd',
      ]);
      const page = await running.openPage();
      await signIn(page);
      await page.getByTestId('compose-subject').waitFor();
      await page.waitForFunction(
        () =>
          document.querySelector<HTMLInputElement>('[data-testid=compose-subject]')?.value === 'Two is fine',
      );
      await page.screenshot({ path: join(OUTPUT, '3-mailto.png') });
      const list = await runValija(system, ['list'], ANA);
      const id = (list.json as { mails: { id: string }[] }).mails[0]?.id ?? '';
      running.app.emit('second-instance', {}, ['valija', '--', `valija://msg/${id}`]);
      await page.getByTestId('message-body').waitFor();
    });

    it('goes on after a restart for who asked to be remembered, and only for them', async () => {
      const first = start();
      const page = await first.openPage();
      await page.getByLabel('Stay signed in on this computer').check();
      await signIn(page);
      await row(page).waitFor();
      // The list does not wait for the session to be kept, and the screen not for its end.
      await untilKept(tokenFile, true);
      assert.match(readFileSync(tokenFile, 'utf8'), /"token":"/);
      await first.quit();

      const again = await start().openPage();
      again.setDefaultTimeout(20_000);
      await row(again).waitFor();
      await signOut(again);
      await untilKept(tokenFile, false);
    });

    it('asks for a server where none is named, and talks to the one that is typed', async () => {
      const other = join(dir.path, 'fresh');
      run = runMain(main, { home: other });
      const page = await run.openPage();
      page.setDefaultTimeout(20_000);
      const field = page.locator('input[type=url]');
      await field.fill(system.ready.profile ?? '');
      await Promise.all([page.waitForEvent('load'), field.press('Tab')]);
      await page.locator(`input[type=url][value="${system.ready.profile}"]`).waitFor();
      await signIn(page);
      await row(page).waitFor();
    });

    it('leaves nothing in lab mode, and says so', async () => {
      const runtime = join(dir.path, 'run');
      mkdirSync(runtime, { mode: 0o700 });
      const running = start([`--server=${system.ready.profile}`, '--lab'], { XDG_RUNTIME_DIR: runtime });
      const page = await running.openPage();
      assert.equal(await page.getByRole('checkbox').count(), 0);
      await signIn(page);
      await row(page).waitFor();
      await signOut(page);
      await page.getByText('Valija kept nothing on this computer').waitFor();
      await page.screenshot({ path: join(OUTPUT, '4-lab-signed-out.png') });
      await running.quit();
      assert.equal(existsSync(join(runtime, `valija-lab-${process.getuid?.() ?? 'user'}`)), false);
    });

    describe('by the system’s browser', () => {
      testOuterWays(() => ({
        system,
        output: OUTPUT,
        dir: dir.path,
        start: (own, server) => (run = runMain(main, { home: own }, [`--server=${server}`])),
      }));
    });
  },
);

/** Until a session is kept in the file, or none is any more. */
async function untilKept(file: string, kept: boolean): Promise<void> {
  while (existsSync(file) !== kept) await new Promise((resolve) => setTimeout(resolve, 20));
}
