import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startChromium, type TestBrowser } from '../harness/chromium.ts';
import { missingComponent } from '../harness/component.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { startSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { runValija, startSystem, type System } from '../harness/system.ts';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.ts';
import { Pc } from './pc.ts';

const OUTPUT = join(import.meta.dirname, '..', '..', 'test-output', 'journey');
const ANA = { user: 'ana', password: 'a traveller since 2026' };

const mail = (from: string, subject: string, body: string, minute: number): Uint8Array =>
  Buffer.from(
    [
      `From: ${from}`,
      'To: ana@uni.test',
      `Subject: ${subject}`,
      `Date: Fri, 20 Nov 2026 10:${String(minute).padStart(2, '0')}:00 +0100`,
      `Message-ID: <${subject.replaceAll(' ', '-')}@test>`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      body,
      '',
    ].join('\r\n'),
  );

const missing = missingComponent('dovecot', 'smtp-sink', 'chromium');

for (const mode of ['start', 'serve'] as const) {
  describe(`the journey in the browser, ${mode}`, { skip: missing }, () => {
    let system: System;
    let dovecot: Dovecot;
    let sink: SmtpSink;
    let firstBrowser: TestBrowser;
    let secondBrowser: TestBrowser;
    let proxies: TcpProxy[] = [];
    let here: Pc;
    let there: Pc;

    before(async () => {
      mkdirSync(OUTPUT, { recursive: true });
      dovecot = await startDovecot({ users: { ana: 'maildrop one', team: 'maildrop two' } });
      dovecot.deliver('ana', [
        mail('Luis <luis@far.test>', 'Lunch on Monday', 'Shall we say two?', 1),
        mail('Bea <bea@far.test>', 'The minutes', 'As promised.', 3),
      ]);
      dovecot.deliver('team', [mail('Carla <carla@far.test>', 'Team plan', 'For the project.', 2)]);
      sink = await startSmtpSink();
      system = await startSystem({
        mode,
        env: { VALIJA_RELAY_SMARTHOST: `smtp://${sink.host}:${sink.port}` },
      });
      // The second PC stands elsewhere: another browser, and another loopback address for all that it calls.
      const ports = [system.ready.web, system.ready.storage].map((url) => Number(new URL(url ?? '').port));
      proxies = await Promise.all(
        ports.map(
          async (port) => await startTcpProxy({ host: '127.0.0.1', port }, {}, { host: '127.0.0.2', port }),
        ),
      );
      firstBrowser = await startChromium();
      secondBrowser = await startChromium(['--host-resolver-rules=MAP localhost 127.0.0.2']);
    });
    after(async () => {
      await firstBrowser?.close();
      await secondBrowser?.close();
      for (const proxy of proxies) await proxy.close();
      await system?.stop();
      await sink?.stop();
      await dovecot?.stop();
    });
    const keepPicture = async (pc: Pc, name: string): Promise<void> => {
      await pc.page.screenshot({ path: join(OUTPUT, `${mode}-${name}.png`) });
    };

    test('a newcomer registers, adds an account by its address, and sees the mail arrive', async () => {
      here = await Pc.sitDown(await firstBrowser.openPc(), system);
      await here.page.getByRole('button', { name: 'Create an account' }).click();
      await here.signIn(ANA.user, ANA.password);
      await here.addAccount('ana@uni.test', dovecot, 'ana', 'maildrop one');
      await here.row('Lunch on Monday').waitFor();
      await here.row('The minutes').waitFor();
      await keepPicture(here, '1-first-account');
    });

    test('the mail of a second account stands in the same inbox, each with its chip', async () => {
      await here.page.getByRole('button', { name: 'Menu of ana' }).click();
      await here.page.getByRole('menuitem', { name: 'Settings' }).click();
      await here.page.getByRole('button', { name: 'Add account' }).click();
      await here.addAccount('team@uni.test', dovecot, 'team', 'maildrop two');
      await here.page.getByTestId('account-card').nth(1).waitFor();
      await here.page.getByRole('button', { name: 'Valija: inbox' }).click();
      await here.row('Team plan').waitFor();
      const subjects = await here.page.locator('.row-subject').allTextContents();
      assert.deepEqual(subjects, ['The minutes', 'Team plan', 'Lunch on Monday'], 'newest first, over both');
      await here.row('Team plan').locator('.chip[title="team@uni.test"]').waitFor();
      await here.row('The minutes').locator('.chip[title="ana@uni.test"]').waitFor();
      await keepPicture(here, '2-unified-inbox');
    });

    test('an answer leaves through our own relay, and Sent says so', async () => {
      await here.row('Lunch on Monday').click();
      await here.page.getByTestId('message-body').waitFor();
      await here.page.getByRole('button', { name: 'Reply', exact: true }).click();
      const body = here.page.getByTestId('compose-body');
      await body.click();
      await here.page.keyboard.type('Two is fine. See you there.');
      await keepPicture(here, '3-answer');
      await here.page.getByTestId('compose-send').click();
      await here.openBox('sent');
      await here.row('Re: Lunch on Monday').click();
      await here.page.locator('[data-testid=send-status].send-status-sent').waitFor();
      await keepPicture(here, '4-sent');
      const [sent, ...more] = sink.mails();
      assert.equal(more.length, 0);
      assert.match(String(sent?.from), /<ana@uni\.test>/);
      assert.match(String(sent?.message), /In-Reply-To: <Lunch-on-Monday@test>/);
      assert.match(String(sent?.message), /Two is fine/);
    });

    test('on a second PC, with nothing configured, everything is there, with the draft just begun', async () => {
      await here.page.getByTestId('compose').click();
      await here.page.getByTestId('compose-subject').fill('Begun elsewhere');
      await here.page.getByTestId('compose-body').click();
      await here.page.keyboard.type('To be finished on the other PC.');
      await here.page.locator('[data-testid=saved][data-saving=saved]').waitFor();

      there = await Pc.sitDown(await secondBrowser.openPc(), system);
      await there.signIn(ANA.user, ANA.password);
      await there.row('Lunch on Monday').waitFor();
      await there.row('Team plan').locator('.chip[title="team@uni.test"]').waitFor();
      await there.openBox('drafts');
      await there.row('Begun elsewhere').click();
      await there.page.getByTestId('compose-body').getByText('To be finished on the other PC.').waitFor();
      assert.equal(await there.page.getByTestId('compose-subject').inputValue(), 'Begun elsewhere');
      assert(
        proxies.every((proxy) => proxy.connections > 0),
        'it came by the other address',
      );
      await keepPicture(there, '5-draft-on-the-second-pc');
    });

    test('a flag set on either PC shows on the other, and so does new mail', async () => {
      await Promise.all([here.openBox('inbox'), there.openBox('inbox')]);
      const flagOf = (pc: Pc) => pc.row('The minutes').locator('.row-flag');
      await here.row('The minutes').hover();
      await flagOf(here).click();
      await there.row('The minutes').locator('.row-flag[aria-pressed=true]').waitFor();
      await there.row('The minutes').hover();
      await flagOf(there).click();
      await here.row('The minutes').locator('.row-flag[aria-pressed=false]').waitFor();

      dovecot.deliver('team', [mail('Dora <dora@far.test>', 'Just arrived', 'Fresh.', 9)]);
      await there.page.getByTestId('check-now').click();
      await here.row('Just arrived').waitFor();
      await there.row('Just arrived').waitFor();
      await keepPicture(here, '6-live');
    });

    test('signing out leaves nothing on the second PC and ends only its own session', async () => {
      await there.page.getByTestId('sign-out').click();
      await there.page.getByTestId('login-user').waitFor();
      await keepPicture(there, '7-signed-out');
      assert.deepEqual(await there.listTraces(), []);
      await there.page.reload();
      await there.page.getByTestId('login-user').waitFor();
      await here.page.getByTestId('check-now').click();
      await here.row('Just arrived').waitFor();
      assert.deepEqual([...here.complaints, ...there.complaints], []);
    });

    test('the command line sees the same mail, chips, draft and status', async () => {
      const list = await runValija(system, ['list'], ANA);
      const { mails } = list.json as { mails: { subject: string; accounts: string[] }[] };
      assert.deepEqual(
        mails.map((row) => [row.subject, row.accounts.length]),
        [
          ['Just arrived', 1],
          ['The minutes', 1],
          ['Team plan', 1],
          ['Lunch on Monday', 1],
        ],
      );
      const drafts = await runValija(system, ['list', '--mailbox', 'drafts'], ANA);
      assert.deepEqual(
        (drafts.json as { mails: { subject: string }[] }).mails.map((row) => row.subject),
        ['Begun elsewhere'],
      );
      const sent = await runValija(system, ['list', '--mailbox', 'sent'], ANA);
      const [row] = (sent.json as { mails: { id: string }[] }).mails;
      const status = await runValija(system, ['status', row?.id ?? ''], ANA);
      assert.equal((status.json as { state: string }).state, 'sent');
    });
  });
}
