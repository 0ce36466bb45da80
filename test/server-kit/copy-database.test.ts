import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../common/errors.ts';
import { copyDatabase, finishCopy, markMoved } from '../../server-kit/database/copy/copy-database.ts';
import type { Database, DatabaseSetting, Migration, Param } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { missingEngine } from '../harness/engines.ts';
import { startMariadb, type Mariadb } from '../harness/mariadb.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const migrations: Migration[] = [
  makeStep(
    '1',
    'CREATE TABLE thing (kind VARCHAR(40) NOT NULL, number BIGINT NOT NULL, text LONGTEXT, bytes LONGBLOB, PRIMARY KEY (kind, number))',
  ),
  makeStep('2', 'CREATE TABLE setting (name VARCHAR(40) NOT NULL PRIMARY KEY, value BIGINT)'),
  makeStep('3', "INSERT INTO setting (name, value) VALUES ('made', 1)"),
  makeStep('4', 'ALTER TABLE thing ADD COLUMN late INTEGER NOT NULL DEFAULT 0'),
];

const ROWS: Param[][] = [
  ['José', 1, 'text 😀 — 東京\u0000\\\'"', Buffer.from([0, 255, 39, 92, 10]), 1],
  ['Jose', 9_007_199_254_740_993n, '', Buffer.alloc(0), 0],
  ['jose', -9_223_372_036_854_775_808n, null, null, 0],
  ['large', 1, 'ñ'.repeat(1_500_000), Buffer.alloc(3_000_000, 7), 0],
];

const hasReason = (reason: string) => (error: unknown) =>
  error instanceof MailError && error.reason === reason;

describe('copying a database', { skip: missingEngine('mysql') }, () => {
  const dir = makeTempDir('copy');
  let mariadb: Mariadb;
  let count = 0;
  const open = async (database: DatabaseSetting, more: object = {}, file = `${dir.path}/${++count}.sqlite`) =>
    await openDatabase({ database, file, schema: 's', migrations, log: silentLogger, ...more });
  const onMysql = (): DatabaseSetting => ({ engine: 'mysql', url: mariadb.url(`copy${++count}`) });
  const fill = async (db: Database): Promise<void> => {
    await db.write(async (tx) => {
      for (const row of ROWS)
        await tx.run('INSERT INTO thing (kind, number, text, bytes, late) VALUES (?, ?, ?, ?, ?)', row);
      for (let at = 0; at < 1200; at++)
        await tx.run('INSERT INTO thing (kind, number) VALUES (?, ?)', [`many${at % 7}`, at]);
    });
  };
  const quiet = (): void => undefined;

  before(async () => void (mariadb = await startMariadb()));
  after(async () => {
    await mariadb.stop();
    dir.remove();
  });

  test('everything arrives, in both directions, to the last digit and byte', async () => {
    const first = await open({ engine: 'sqlite' });
    await fill(first);
    const second = await open(onMysql(), { copying: true });
    const third = await open({ engine: 'sqlite' }, { copying: true });
    for (const [from, to] of [
      [first, second],
      [second, third],
    ] as const) {
      const { tables, rows } = await copyDatabase(from, to, quiet);
      assert.deepEqual([tables, rows], [2, 1205]);
      await finishCopy(to);
      const digits = await to.read.all(
        `SELECT kind, CAST(number AS ${to.engine === 'sqlite' ? 'TEXT' : 'CHAR'}) AS n FROM thing WHERE late = 0 AND kind LIKE '_ose' ORDER BY number`,
      );
      assert.deepEqual(digits, [
        { kind: 'jose', n: '-9223372036854775808' },
        { kind: 'Jose', n: '9007199254740993' },
      ]);
      const row = await to.read.get<{ text: string; bytes: Buffer }>(
        "SELECT text, bytes FROM thing WHERE kind = 'José'",
      );
      assert.deepEqual([row!.text, row!.bytes], ROWS[0]!.slice(2, 4));
    }
    for (const db of [first, second, third]) await db.close();
  });

  test('a copy that was ended keeps servers off, and begins anew', async () => {
    const from = await open({ engine: 'sqlite' });
    await fill(from);
    const target = onMysql();
    const killed = await open(target, { copying: true });
    const stopping = (): never => {
      throw new Error('killed');
    };
    await assert.rejects(copyDatabase(from, killed, stopping), /killed/);
    await killed.close();
    await assert.rejects(open(target), hasReason('database-half-copied'));
    await assert.rejects(open(target, { upgrade: false }), hasReason('database-half-copied'));
    const to = await open(target, { copying: true });
    assert.equal((await copyDatabase(from, to, quiet)).rows, 1205);
    await finishCopy(to);
    assert.equal((await copyDatabase(from, to, quiet)).rows, 1205, 'and again: nothing is to be done');
    await to.write(async (tx) => await tx.run("UPDATE thing SET late = 2 WHERE kind = 'large'"));
    await assert.rejects(copyDatabase(from, to, quiet), hasReason('database-not-empty'));
    await to.close();
    await (await open(target)).close();
    await from.close();
  });

  test('what was moved away is opened by nobody until its rows are moved back', async () => {
    const file = `${dir.path}/moved.sqlite`;
    const target = onMysql();
    const from = await open({ engine: 'sqlite' }, {}, file);
    await fill(from);
    const to = await open(target, { copying: true });
    const where = 'mysql://db.example.org/valija';
    const move = async (source: Database, goal: Database, name: string): Promise<void> => {
      await copyDatabase(source, goal, quiet);
      await finishCopy(goal);
      await markMoved(source, name);
    };
    await move(from, to, where);
    await from.close();
    for (const more of [{}, { upgrade: false }, { upgrade: false, movedTo: 'mysql://elsewhere/valija' }]) {
      await assert.rejects(open({ engine: 'sqlite' }, more, file), (error: unknown) => {
        assert.ok(error instanceof MailError);
        assert.deepEqual([error.reason, error.params], ['database-moved', { where }]);
        return true;
      });
    }
    const again = await open({ engine: 'sqlite' }, { upgrade: false, movedTo: where }, file);
    await move(again, to, where);
    await again.close();
    const back = await open({ engine: 'sqlite' }, { copying: true }, file);
    await move(to, back, 'sqlite');
    await Promise.all([back.close(), to.close()]);
    await (await open({ engine: 'sqlite' }, {}, file)).close();
    await assert.rejects(open(target), hasReason('database-moved'));
  });
});
