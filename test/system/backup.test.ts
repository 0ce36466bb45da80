import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makeProfileClient, makeStorageClient, noToken } from '../../command/server/clients.ts';
import { ENGINES, missingEngine } from '../harness/engines.ts';
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

for (const engine of ENGINES) {
  describe(`backup and restore beside running servers on ${engine}`, { skip: missingEngine(engine) }, () => {
    const temp = makeTempDir('backup');
    const repository = join(temp.path, 'repository');
    const secret = join(temp.path, 'passphrase');
    let mariadb: Mariadb | null = null;
    let system: System;
    let first = '';

    const operate = async (...args: string[]): Promise<CommandResult> => {
      const database = mariadb === null ? {} : { VALIJA_DATABASE: mariadb.url('v') };
      return await runValija(system, [...args, '--data', system.dataDir], { env: database });
    };
    const value = (result: CommandResult): never => {
      assert.equal(result.code, 0, `${result.stderr}\n${system.log()}`);
      return result.json as never;
    };
    const connect = async () => {
      const open = makeProfileClient(system.ready.profile ?? '', noToken);
      const { user: name, password } = ANA;
      const { home, tokens } = await expectSession(
        open.session.signIn.mutate({ name, password, client: 'test' }),
      );
      return {
        storage: makeStorageClient(home ?? '', async () => tokens.storage),
        profile: makeProfileClient(system.ready.profile ?? '', async () => tokens.profile),
      };
    };
    const look = async (): Promise<string[]> => {
      const { storage } = await connect();
      const { mailboxes } = await storage.mailbox.list.query();
      const lines: string[] = [];
      for (const { id, path } of mailboxes) {
        const { mails } = await storage.mail.list.query({ mailbox: id, limit: 500 });
        lines.push(...mails.map(({ subject, flags }) => `${path}: ${subject} ${flags.join(',')}`.trim()));
      }
      return lines.toSorted();
    };

    before(async () => {
      mariadb = engine === 'mysql' ? await startMariadb() : null;
      system = await startSystem({
        mode: 'start',
        ...(mariadb === null ? {} : { database: mariadb.url('v') }),
      });
      writeFileSync(secret, 'correct horse battery\n');
      value(await runValija(system, ['register'], ANA));
      const mails = ['one', 'two', 'three'].map(
        (subject) =>
          `From a@b.c Sat Jan  3 01:05:34 2015\nSubject: ${subject}\nMessage-ID: <${subject}@x>\n\nText\n\n`,
      );
      writeFileSync(join(temp.path, 'box'), mails.join(''));
      value(await runValija(system, ['import', join(temp.path, 'box')], ANA));
      const { profile } = await connect();
      const label = { part: 'labels', id: null, base: null, value: { name: 'Kept', colour: 'red' } } as const;
      await profile.profile.change.mutate(label);
    });
    after(async () => {
      await system.stop();
      await mariadb?.stop();
      temp.remove();
    });

    test('a backup is taken, sealed, and read back', async () => {
      const options = ['--user', 'ana', '--out', repository, '--passphrase-file', secret];
      const { snapshots } = value(await operate('backup', ...options)) as {
        snapshots: { at: string; mails: number }[];
      };
      assert.equal(snapshots[0]?.mails, 3);
      first = snapshots[0]?.at ?? '';
      const report = value(await operate('backup', '--verify', repository, '--passphrase-file', secret)) as {
        ok: boolean;
      };
      assert.equal(report.ok, true);
      for (const name of readdirSync(join(repository, 'packs'))) {
        assert.ok(!readFileSync(join(repository, 'packs', name)).includes('Subject'));
      }
      const refused = await operate('backup', '--verify', repository);
      assert.deepEqual([refused.code, refused.error?.code], [1, 'invalid']);
      // One that was begun in clear stays so: a passphrase that would not count is refused.
      const inClear = ['backup', '--user', 'ana', '--out', join(temp.path, 'in-clear')];
      value(await operate(...inClear));
      const late = await operate(...inClear, '--passphrase-file', secret);
      assert.deepEqual([late.code, late.error?.code], [1, 'invalid']);
    });

    test('what was removed and changed since comes back, and nothing is there twice', async () => {
      const { storage, profile } = await connect();
      const { mails } = await storage.mail.list.query({});
      const idOf = (subject: string): string => mails.find((mail) => mail.subject === subject)?.id ?? '';
      await storage.mail.flag.mutate({ ids: [idOf('two')], add: ['seen', 'flagged'], remove: [] });
      await storage.mail.move.mutate({ ids: [idOf('two')], to: 'archive' });
      await storage.mail.move.mutate({ ids: [idOf('one')], to: 'trash' });
      await storage.mail.remove.mutate({ ids: [idOf('one')] });
      const { items } = await profile.profile.read.query({ parts: ['labels'] });
      const { id, revision } = items.find(({ value }) => value !== null)!;
      await profile.profile.change.mutate({ part: 'labels', id, base: revision, value: null });
      const changed = ['Archive: two seen,flagged', 'Inbox: three'];
      assert.deepEqual(await look(), changed);

      // A second state holds only what is new.
      const packs = readdirSync(join(repository, 'packs')).length;
      value(await operate('backup', '--all', '--out', repository, '--passphrase-file', secret));
      assert.equal(readdirSync(join(repository, 'packs')).length, packs);

      const restore = [
        'restore',
        '--from',
        repository,
        '--user',
        'ana',
        '--at',
        first,
        '--passphrase-file',
        secret,
      ];
      const done = value(await operate(...restore)) as { mails: number; there: number; items: number };
      assert.deepEqual([done.mails, done.there, done.items], [1, 2, 1]);
      assert.deepEqual(await look(), [...changed, 'Inbox: one'].toSorted());
      const again = value(await operate(...restore, '--replace')) as { mails: number; there: number };
      assert.deepEqual([again.mails, again.there], [0, 3]);
      assert.deepEqual(await look(), ['Inbox: one', 'Inbox: three', 'Inbox: two']);
    });

    test('each state is listed, and a damaged pack is found', async () => {
      const options = ['--from', repository, '--list', '--passphrase-file', secret];
      const { snapshots } = value(await operate('restore', ...options)) as { snapshots: { mails: number }[] };
      assert.deepEqual(
        snapshots.map(({ mails }) => mails),
        [3, 2],
      );
      const [pack = ''] = readdirSync(join(repository, 'packs'));
      const path = join(repository, 'packs', pack);
      const bytes = readFileSync(path);
      bytes[40] = (bytes[40] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      const found = await operate('backup', '--verify', repository, '--passphrase-file', secret);
      assert.equal(found.code, 1);
      const { ok, affected } = found.json as { ok: boolean; affected: { name: string; mails: number }[] };
      assert.equal(ok, false);
      // All lay in the frame that was struck.
      assert.deepEqual(
        affected.map(({ name, mails }) => [name, mails]),
        snapshots.map(({ mails }) => ['ana', mails]),
      );
    });
  });
}
