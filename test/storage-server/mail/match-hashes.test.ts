import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Database, Reader } from '../../../server-kit/database/database.ts';
import { migrateDatabase } from '../../../server-kit/database/migrate.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import * as keeping from '../../../storage-server/keeping/keeping-store.ts';
import {
  findIdentical,
  findSame,
  insertMails,
  insertOriginals,
} from '../../../storage-server/mail/ingest/ingest-store.ts';
import { hashIndexes } from '../../../storage-server/migrations/hash-indexes.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import type { MailRecord } from '../../../storage-server/mail/mail-record.ts';
import type { OriginalRecord } from '../../../storage-server/mail/mail-store.ts';
import { findHolders } from '../../../storage-server/transfer/import-store.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';

/** As of a store of before its indexes held only the first characters. */
const former = migrations.filter((step) => !hashIndexes.includes(step));
const hash = (kind: string, n: number): string => `${String(n).padStart(8, '0')}${kind}`.padEnd(43, 'x');
const MANY = 3000;
/** How the plans of each engine say that an index of first characters is searched. */
const SEARCHES = {
  sqlite: /INDEX (?:original_header|original_body|mail_same) \((?:user_id=\? AND )?<expr>=\?\)/,
  mysql: /"key":"(?:original_header|original_body|mail_same)[|"]/,
};

function makeRow({ mail, header, body, size, date }: Omit<OriginalRecord, 'account'>): MailRecord {
  const place = {
    id: mail,
    modseq: 1,
    added: 1,
    moved_at: 1,
    mailbox: 'inbox',
    thread: mail,
    date,
    received: date,
  };
  const words = { accounts: 'a', subject: '', sender: '[]', recipients: '[]', snippet: '', labels: null };
  const rest = { flags: 0, unread: 1, attachments: 0, problem: null, send_key: null, subject_key: null };
  return { ...place, ...words, ...rest, size, header, body, same_key: header };
}

for (const engine of ENGINES) {
  describe(`hashes and their indexes on ${engine}`, { skip: missingEngine(engine) }, () => {
    let started: TestEngine;
    let db: Database;

    before(async () => {
      started = await startEngine(engine);
      db = await started.open(former);
      const originals = Array.from({ length: MANY }, (_, n) => ({
        mail: n,
        account: 'a',
        header: hash('h', n),
        body: hash('b', n),
        size: 1,
        mailbox: 'inbox',
        date: n,
      }));
      // The first eight characters of another's.
      originals.push({ ...originals[7]!, mail: MANY, header: hash('H', 7), body: hash('B', 7) });
      await db.write(async (tx) => {
        await insertMails(tx, 'u', originals.map(makeRow));
        await insertOriginals(tx, 'u', originals);
      });
      await migrateDatabase(db, migrations, silentLogger);
      // As MariaDB does by itself, later.
      for (const table of engine === 'mysql' ? ['mail', 'mail_original'] : []) {
        await db.write(async (tx) => void (await tx.run(`ANALYZE TABLE ${table}`)));
      }
    });
    after(async () => {
      await db.close();
      await started.stop();
    });

    test('two that begin alike are held apart', async () => {
      const find = async (kind: [string, string]): Promise<number[]> =>
        await findIdentical(db.read, 'u', { account: 'a', header: hash(kind[0], 7), body: hash(kind[1], 7) });
      assert.deepEqual(await find(['h', 'b']), [7]);
      assert.deepEqual(await find(['H', 'B']), [MANY]);
      assert.deepEqual(await find(['h', 'B']), []);
      const wanted = [hash('h', 7), hash('B', 7), hash('b', 8), hash('z', 9)];
      assert.deepEqual(
        (await keeping.findReferencedBlobs(db.read, wanted)).toSorted(),
        wanted.slice(0, 3).toSorted(),
      );
      assert.deepEqual(
        (await findSame(db.read, 'u', [hash('H', 7), hash('h', 8)])).map(({ id }) => id),
        [8, MANY],
      );
      const holders = await keeping.findHolders(db.read, [hash('H', 7)]);
      assert.deepEqual(
        holders.map(({ mail }) => mail),
        [MANY],
      );
    });

    const original = { account: 'a', header: hash('h', 7), body: hash('b', 7) };
    const blobs = Array.from({ length: 60 }, (_, n) => hash('h', n));
    const keys = blobs.slice(0, 50);
    const asked: [string, (read: Reader) => Promise<unknown>][] = [
      ['whether the same bytes are here', async (read) => await findIdentical(read, 'u', original)],
      ['whether an import brings them', async (read) => await findHolders(read, 'u', original)],
      ['whether another account brought it', async (read) => await findSame(read, 'u', keys)],
      ['whose a blob is', async (read) => await keeping.findHolders(read, blobs)],
      ['whether anybody has it', async (read) => await keeping.findReferencedBlobs(read, blobs)],
    ];
    for (const [what, ask] of asked) {
      test(`${what} is found by an index of hashes`, async () => {
        const plans: string[] = [];
        const explain = engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
        await ask({
          ...db.read,
          all: async (query, params) => {
            const rows = await db.read.all<Record<string, unknown>>(`${explain} ${query as string}`, params);
            plans.push(JSON.stringify(rows));
            return [];
          },
        });
        assert.ok(plans.length > 0);
        for (const plan of plans) assert.match(plan, SEARCHES[engine]);
      });
    }
  });
}
