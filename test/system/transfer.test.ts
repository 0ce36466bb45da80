import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makeProfileClient, makeStorageClient, noToken } from '../../command/server/clients.ts';
import { missingEngine, ENGINES } from '../harness/engines.ts';
import { startMariadb, type Mariadb } from '../harness/mariadb.ts';
import {
  runValija,
  startSystem,
  type CommandResult,
  type Credentials,
  type System,
} from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { expectSession } from '../harness/expect-session.ts';

const ANA: Credentials = { user: 'ana', password: 'la contraseña de Ana' };
const BEA: Credentials = { user: 'bea', password: 'la contraseña de Bea' };
const DATE = 'Sat Jan  3 01:05:34 2015';

/** What makes two mails the same on two servers. */
interface Seen {
  sha256: string;
  mailbox: string;
  flags: string[];
  labels: string[];
  date: string;
  received: string;
  thread: number;
}

function makeMail(number: number, extra: string[] = [], eol = '\n'): string {
  const parent = number % 3 === 0 ? [] : [`References: <m${number - (number % 3)}@example.org>`];
  return [
    `From: Sender <s${number}@example.org>`,
    'To: ana@example.org',
    `Subject: ${number % 3 === 0 ? '' : 'Re: '}Topic ${number - (number % 3)}`,
    `Date: Sat, 03 Jan 2015 0${number % 9}:05:34 +0000`,
    `Message-ID: <m${number}@example.org>`,
    ...parent,
    ...extra,
    '',
    `Text ${number}`,
    'From here on, and',
    '',
    '>From there',
    '',
  ].join(eol);
}

/** In a pack where mail stands as it came. */
function flipInPacks(dataDir: string, text: string): void {
  const folder = join(dataDir, 'storage-server', 'blobs', 'packs');
  const found = readdirSync(folder).filter((name) => {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(text);
    if (at >= 0) writeByte(path, at, bytes[at]! ^ 1);
    return at >= 0;
  });
  assert.equal(found.length, 1);
}

function damageLargest(folder: string): void {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.pack'))
    .map((entry) => join(entry.parentPath, entry.name));
  const path = paths.toSorted((a, b) => statSync(b).size - statSync(a).size)[0]!;
  const at = statSync(path).size - 1000;
  writeByte(path, at, readFileSync(path)[at]! ^ 1);
}

/** In place: others have the file open. */
function writeByte(path: string, at: number, byte: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.of(byte), 0, 1, at);
  closeSync(file);
}

for (const engine of ENGINES) {
  describe(`mail and profile in and out on ${engine}`, { skip: missingEngine(engine) }, () => {
    const temp = makeTempDir('transfer');
    let mariadb: Mariadb | null = null;
    let system: System;
    const run = async (who: Credentials, ...args: string[]): Promise<CommandResult> => {
      const result = await runValija(system, args, who);
      assert.equal(result.code, 0, `valija ${args.join(' ')}: ${result.stderr}\n${system.log()}`);
      return result;
    };
    const json = async (who: Credentials, ...args: string[]): Promise<never> =>
      (await run(who, ...args)).json as never;

    /** By the servers' own calls: a process for each mail would take minutes. */
    const look = async (who: Credentials): Promise<Seen[]> => {
      const open = makeProfileClient(system.ready.profile ?? '', noToken);
      const { user: name, password } = who;
      const { home, tokens } = await expectSession(
        open.session.signIn.mutate({ name, password, client: 'test' }),
      );
      const storage = makeStorageClient(home ?? '', async () => tokens.storage);
      const headers = { authorization: `Bearer ${tokens.storage}` };
      const { mailboxes } = await storage.mailbox.list.query();
      const seen: Seen[] = [];
      const threads: string[] = [];
      for (const { path, id } of mailboxes.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
        const { mails } = await storage.mail.list.query({ mailbox: id, limit: 500 });
        for (const mail of mails.toReversed()) {
          const raw = await (await fetch(`${home}/mail/${mail.id}/raw`, { headers })).arrayBuffer();
          if (!threads.includes(mail.threadId)) threads.push(mail.threadId);
          seen.push({
            sha256: createHash('sha256').update(Buffer.from(raw)).digest('hex'),
            mailbox: path,
            flags: mail.flags.toSorted(),
            labels: mail.labels,
            date: mail.date,
            received: mail.received,
            thread: threads.indexOf(mail.threadId),
          });
        }
      }
      return seen;
    };

    before(async () => {
      mariadb = engine === 'mysql' ? await startMariadb() : null;
      system = await startSystem({
        mode: 'start',
        ...(mariadb === null ? {} : { database: mariadb.url('v') }),
      });
      await run(ANA, 'register');
      await run(BEA, 'register');
    });
    after(async () => {
      await system.stop();
      await mariadb?.stop();
      temp.remove();
    });

    test('an mbox, twice: the second time adds nothing, and twins are two', async () => {
      const twin = makeMail(1);
      const file = join(temp.path, 'old.mbox');
      const quote = (text: string): string => text.replace(/^(>*From )/gm, '>$1');
      const mails = [twin, twin, makeMail(2, ['Status: RO', 'X-Keywords: Work Important']), makeMail(3)];
      writeFileSync(file, mails.map((mail) => `From a@b.c ${DATE}\n${quote(mail)}\n`).join(''));
      const bytes = mails.reduce((sum, mail) => sum + mail.length, 0);
      assert.deepEqual(await json(ANA, 'import', file), { mails: 4, bytes, skipped: [] });
      assert.deepEqual(await json(ANA, 'import', file), { mails: 0, bytes: 0, skipped: [] });
      const seen = await look(ANA);
      assert.deepEqual(
        seen.map((one) => one.sha256).toSorted(),
        mails.map((mail) => createHash('sha256').update(mail).digest('hex')).toSorted(),
      );
      assert.deepEqual(seen.find((one) => one.flags.includes('seen'))?.labels, ['Work', 'Important']);
      assert.equal(new Set(seen.map((one) => one.received)).size, 1);
    });

    if (engine === 'sqlite')
      test('a Maildir with folders becomes mailboxes', async () => {
        const root = join(temp.path, 'Maildir');
        const put = (path: string, text: string): void => {
          mkdirSync(join(root, path, '..'), { recursive: true });
          writeFileSync(join(root, path), text);
        };
        put('cur/1420247134.M1P1.host:2,FS', makeMail(4, [], '\r\n'));
        put('new/1420247135.M2P1.host', makeMail(5));
        put('tmp/1420247136.M3P1.host', makeMail(6));
        put('.Sent/cur/1420247137.M4P1.host:2,RS', makeMail(7));
        put('.Work.2015/cur/1420247138.M5P1.host:2,', makeMail(8));
        put('dovecot.index', 'no mail');
        const { mails } = (await json(ANA, 'import', root)) as { mails: number };
        assert.equal(mails, 4);
        const named = (await look(ANA)).filter(
          ({ flags, mailbox }) => flags.length > 0 || mailbox.startsWith('Work'),
        );
        assert.deepEqual(
          named.map(({ mailbox, flags }) => [mailbox, flags]).filter(([mailbox]) => mailbox !== 'Inbox'),
          [
            ['Sent', ['answered', 'seen']],
            ['Work/2015', []],
          ],
        );
      });

    if (engine === 'sqlite')
      test('one .eml into a mailbox, and what is no mail is refused', async () => {
        const file = join(temp.path, 'one.eml');
        writeFileSync(file, makeMail(9));
        assert.equal(
          ((await json(ANA, 'import', file, '--mailbox', 'archive')) as { mails: number }).mails,
          1,
        );
        writeFileSync(join(temp.path, 'nothing.bin'), '\0\u0001\u0002 no mail');
        const refused = await runValija(system, ['import', join(temp.path, 'nothing.bin')], ANA);
        assert.deepEqual([refused.code, refused.error?.code], [1, 'invalid']);
      });

    // What of it depends on the engine is in the first test and in the archive.
    for (const format of engine === 'sqlite' ? ['mbox', 'eml', 'archive'] : ['archive']) {
      test(`${format} goes out and comes back to another user as it was`, async () => {
        const eva: Credentials = { user: `eva-${format}`, password: 'Evas langes Passwort' };
        await run(eva, 'register');
        const out = join(temp.path, format);
        const at = '2098-01-01T00:00:00.000Z';
        const { mails: listed } = (await json(ANA, 'list', '--limit', '1')) as { mails: { id: string }[] };
        await json(ANA, 'remind', 'set', listed[0]!.id, '--at', at);
        const snoozes = format === 'archive';
        if (snoozes) await json(ANA, 'snooze', listed[0]!.id, '--until', at);
        const ours = await look(ANA);
        const exported = (await json(ANA, 'export', '--format', format, '--out', out)) as { mails: number };
        if (snoozes) await json(ANA, 'snooze', 'end', listed[0]!.id);
        assert.equal(exported.mails, ours.length, JSON.stringify(readdirSync(out)));
        await run(eva, 'import', out);
        const theirs = await look(eva);
        // Conversations of an mbox are found anew, and its dates are the mails' own.
        assert.deepEqual(
          theirs.map(({ thread: _thread, ...one }) => one),
          ours.map(({ thread: _thread, ...one }) => one),
        );
        if (format !== 'mbox') assert.deepEqual(theirs, ours);
        const { reminders } = (await json(eva, 'remind', 'list')) as { reminders: { at: string }[] };
        assert.deepEqual(
          reminders.map((reminder) => reminder.at),
          format === 'mbox' ? [] : [at],
        );
        if (snoozes) {
          const { snoozed } = (await json(eva, 'snooze', 'list')) as { snoozed: { at: string }[] };
          assert.deepEqual(
            snoozed.map((snooze) => snooze.at),
            [at],
          );
        }
        assert.deepEqual(await json(eva, 'import', out), { mails: 0, bytes: 0, skipped: [] });
      });
    }

    if (engine === 'sqlite')
      test('a damaged mail of an archive is left out and named', async () => {
        const archive = readFileSync(join(temp.path, 'archive', 'valija-archive.tar'));
        const at = archive.indexOf('Text 3\n');
        archive[at] = 0x74;
        const file = join(temp.path, 'damaged.tar');
        writeFileSync(file, archive);
        const { mails, skipped } = (await json(BEA, 'import', file)) as {
          mails: number;
          skipped: { code: string }[];
        };
        assert.deepEqual(
          [mails, skipped.map(({ code }) => code)],
          [(await look(ANA)).length - 1, ['invalid']],
        );
        writeFileSync(file, archive.subarray(0, archive.length - 3000));
        const cut = await runValija(system, ['import', file], BEA);
        assert.deepEqual([cut.code, cut.error?.code], [1, 'invalid']);
      });

    if (engine === 'sqlite')
      test('an export goes on behind mails whose bytes are damaged, and names them', async () => {
        const gil: Credentials = { user: 'gil', password: 'el cartero de Gil' };
        await run(gil, 'register');
        // The last one is too large for a pack.
        const large = Buffer.from(randomBytes(1_600_000).toString('base64').replace(/.{76}/g, '$&\n'));
        const mails = [40, 41, 42].map((number) => makeMail(number, [`X-Needle: ${number}-in-a-pack`]));
        for (const [index, mail] of [...mails, `${makeMail(43)}${large.toString()}`].entries()) {
          writeFileSync(join(temp.path, 'gil.eml'), mail);
          await run(gil, 'import', join(temp.path, 'gil.eml'));
          if (index === 1) flipInPacks(system.dataDir, '41-in-a-pack');
        }
        damageLargest(join(system.dataDir, 'storage-server', 'blobs'));
        for (const format of ['mbox', 'eml', 'archive']) {
          const out = join(temp.path, `gil-${format}`);
          const { mails: count, skipped } = (await json(gil, 'export', '--format', format, '--out', out)) as {
            mails: number;
            skipped: { source: string; code: string; message: string }[];
          };
          assert.deepEqual([count, skipped.map(({ code }) => code)], [2, ['internal', 'internal']], format);
          assert.ok(skipped.every(({ source, message }) => source !== '' && message !== ''));
        }
        const lou: Credentials = { user: 'lou', password: 'la cartera de Lou' };
        await run(lou, 'register');
        const back = (await json(lou, 'import', join(temp.path, 'gil-archive'))) as {
          mails: number;
          skipped: unknown[];
        };
        assert.deepEqual([back.mails, back.skipped.length], [2, 2]);
      });
  });
}
