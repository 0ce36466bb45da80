import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { openSync, readdirSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before, describe } from 'node:test';
import { registerWithAccount } from '../harness/add-account.ts';
import { missingComponent } from '../harness/component.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { startMariadb, type Mariadb } from '../harness/mariadb.ts';
import { runValija, startSystem, type CommandResult, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { makeMessages } from '../storage-server/retrieval/store.ts';

const ANA = { user: 'ana', password: 'la contraseña de Ana' };
const missing = missingComponent('dovecot') || missingComponent('mariadbd');

describe('operators’ commands on a data directory', { skip: missing }, () => {
  const temp = makeTempDir('operators');
  const dataDir = join(temp.path, 'data');
  const place = { ready: { profile: null }, dataDir } as unknown as Pick<System, 'ready' | 'dataDir'>;
  let dovecot: Dovecot;
  let mariadb: Mariadb;
  let system: System | null = null;
  let mails: Map<string, string>;

  const operate = async (...args: string[]): Promise<CommandResult> =>
    await runValija(place, [...args, '--data', dataDir]);
  const start = async (database: string): Promise<System> =>
    (system = await startSystem({ mode: 'start', dataDir, database }));
  const stop = async (): Promise<void> => {
    await system?.stop();
    system = null;
  };
  const asAna = async (...args: string[]): Promise<CommandResult> => {
    const result = await runValija(system!, args, ANA);
    assert.equal(result.code, 0, `${args.join(' ')}: ${result.stderr}`);
    return result;
  };
  /** Hash of the exact bytes of every mail, by its id. */
  const readMails = async (): Promise<Map<string, string>> => {
    const listed = (await asAna('list')).json as { mails: { id: string }[] };
    const found = new Map<string, string>();
    for (const { id } of listed.mails) {
      const raw = await asAna('raw', id);
      found.set(id, createHash('sha256').update(raw.bytes).digest('hex'));
    }
    return found;
  };
  const check = async (): Promise<number> => {
    const { accounts } = (await asAna('check')).json as { accounts: { new: number }[] };
    return accounts[0]!.new;
  };

  before(async () => {
    dovecot = await startDovecot({ users: { ana: 'secret-a' } });
    mariadb = await startMariadb();
    dovecot.deliver('ana', makeMessages(2, 'operators'));
    const maildrop = { port: dovecot.port, name: 'ana', password: 'secret-a' };
    await registerWithAccount(await start('sqlite'), ANA, maildrop);
    await check();
    mails = await readMails();
    assert.equal(mails.size, 2);
  });
  after(async () => {
    await system?.kill();
    await mariadb?.stop();
    await dovecot?.stop();
    temp.remove();
  });

  test('verify runs beside the server; what changes something waits until it has ended', async () => {
    const verified = await operate('store', 'verify');
    assert.equal(verified.code, 0, verified.stderr);
    const { ok, mails: count, problems } = verified.json as { ok: boolean; mails: number; problems: [] };
    assert.deepEqual([ok, count, problems], [true, 2, []]);
    for (const command of [
      ['store', 'repair'],
      ['store', 'compact'],
      ['migrate-database', '--from', 'sqlite', '--to', mariadb.url('busy')],
    ]) {
      const refused = await operate(...command);
      assert.equal(refused.code, 1);
      assert.equal(refused.error?.code, 'unavailable');
      assert.match(refused.error?.message ?? '', /is running on/);
    }
    const elsewhere = await runValija(place, ['store', 'verify', '--data', temp.path]);
    assert.equal(elsewhere.error?.code, 'unavailable');
    await stop();
  });

  test('damage makes verify fail, repair tells what is lost, and the next check brings it back', async () => {
    const compacted = await operate('store', 'compact');
    assert.equal(compacted.code, 0, compacted.stderr);
    flipInPack(dataDir);
    const found = await operate('store', 'verify');
    assert.equal(found.code, 1);
    assert.equal(found.error?.code, 'internal');
    assert.ok(
      (found.json as { problems: { kind: string }[] }).problems.every(({ kind }) => kind === 'blob-damaged'),
    );
    const text = await runValija(place, ['store', 'verify', '--data', dataDir], {
      text: true,
      env: { VALIJA_LANGUAGE: 'es' },
    });
    assert.match(text.stdout, /Problemas en el almacén de correo/);
    const repaired = await operate('store', 'repair');
    assert.equal(repaired.code, 0, repaired.stderr);
    const { lost } = repaired.json as { lost: { mail: string; retrievedAgain: boolean }[] };
    assert.ok(lost.length > 0 && lost.every(({ retrievedAgain }) => retrievedAgain));
    assert.equal((await operate('store', 'verify')).code, 0);

    await start('sqlite');
    const shown = (await asAna('show', lost[0]!.mail)).json as { problem: { code: string } };
    assert.equal(shown.problem.code, 'bytes-lost');
    assert.equal(await check(), 0, 'they are the same mails');
    assert.deepEqual(await readMails(), mails);
    await asAna('flag', lost[0]!.mail, '--add', 'flagged');
    await stop();
  });

  test('all moves to MariaDB and back: users, mails, ledger', async () => {
    const url = mariadb.url('moved');
    const there = await operate('migrate-database', '--from', 'sqlite', '--to', url);
    assert.equal(there.code, 0, there.stderr);
    const { parts } = there.json as { parts: { part: string; rows: number }[] };
    assert.deepEqual(parts.map(({ part }) => part).sort(), [
      'profile-server',
      'smtp-relay',
      'storage-server',
    ]);
    const again = await operate('migrate-database', '--from', 'sqlite', '--to', url);
    assert.equal(again.code, 0, 'a copy that is the same already is done');
    await assert.rejects(
      start('sqlite'),
      /moved to mysql:\/\/(?!.*@)\S+/,
      'nobody goes on with the old rows',
    );

    await start(url);
    assert.deepEqual(await readMails(), mails);
    assert.equal(await check(), 0);
    dovecot.deliver('ana', makeMessages(1, 'moved'));
    assert.equal(await check(), 1);
    const more = await readMails();
    await stop();
    assert.equal((await operate('store', 'verify', '--database', url)).code, 0);

    const full = await operate('migrate-database', '--from', url, '--to', 'sqlite');
    assert.equal(full.error?.code, 'conflict', 'what is there is nobody’s to overwrite');
    for (const name of ['profile-server/profile', 'smtp-relay/queue', 'storage-server/storage']) {
      const path = join(dataDir, `${name}.sqlite`);
      renameSync(path, `${path}.old`);
    }
    const back = await operate('migrate-database', '--from', url, '--to', 'sqlite');
    assert.equal(back.code, 0, back.stderr);
    await start('sqlite');
    assert.deepEqual(await readMails(), more);
    assert.equal(await check(), 0);
    const flagged = (await asAna('list')).json as { mails: { flags: string[] }[] };
    assert.equal(flagged.mails.filter(({ flags }) => flags.includes('flagged')).length, 1);
    await stop();
  });
});

function flipInPack(dataDir: string): void {
  const folder = join(dataDir, 'storage-server', 'blobs', 'packs');
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const file = openSync(path, 'r+');
    const at = Math.floor(statSync(path).size / 2);
    const byte = Buffer.alloc(1);
    readSync(file, byte, 0, 1, at);
    byte[0]! ^= 1;
    writeSync(file, byte, 0, 1, at);
  }
}
