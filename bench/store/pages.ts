import { existsSync, mkdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { DAY } from '../../common/time.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import type { PageQuery } from '../../storage-server/mail/mails.ts';
import { makeSelections } from '../../storage-server/mail/selection/selections.ts';
import { migrations } from '../../storage-server/migrations/migrations.ts';
import { startMariadb } from '../../test/harness/mariadb.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { type MailRig, NOW, openMailRig } from '../../test/storage-server/mail-rig.ts';
import { USER, fillPages, makeRandom } from './pages-fill.ts';
import { percentile } from '../percentile.ts';

/** A page of 50 of one user's many mails, measured in the store, and 10,000 of them changed at once. */
const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '1000' },
    /** sqlite, mysql or both. */
    engine: { type: 'string', default: 'both' },
    /** Keeps the SQLite store there, and uses the one that is there. */
    dir: { type: 'string' },
  },
});
const count = Number(values.mails);
const rounds = Number(values.rounds);
const random = makeRandom(1);

/** Somewhere in the list. */
function deep(): string {
  const date = Math.round(NOW - random() * 9.9 * 365 * DAY);
  return `${date.toString(36)}_${Math.floor(random() * count).toString(36)}`;
}

type Case = [string, Partial<PageQuery>, boolean];
const CASES: Case[] = [
  ['first page', {}, false],
  ['deep page', {}, true],
  ['account, first', { account: 'acc_b' }, false],
  ['account, deep', { account: 'acc_b' }, true],
  ['rare account', { account: 'acc_rare' }, true],
  ['label everywhere', { mailbox: null, label: 'label 3' }, true],
  ['label in the mailbox', { label: 'label 3' }, true],
  ['unread', { unread: true }, false],
  ['unread, deep', { unread: true }, true],
  ['unread of an account', { unread: true, account: 'acc_c' }, true],
  ['conversations', { conversations: true }, false],
  ['conversations, deep', { conversations: true }, true],
  ['conversations, account', { conversations: true, account: 'acc_b' }, true],
  ['conversations, unread', { conversations: true, unread: true }, true],
  ['conversations, label', { conversations: true, mailbox: null, label: 'label 3' }, true],
];

async function measurePages(rig: MailRig): Promise<void> {
  for (const [name, query, isDeep] of CASES) {
    await time(name, rounds, async () => {
      const page = { mailbox: 'inbox', account: null, limit: 50, after: isDeep ? deep() : null, ...query };
      const { mails } = await rig.mails.readPage(USER, page);
      return mails.length;
    });
  }
  const threads = (
    await rig.mails.readPage(USER, { mailbox: 'inbox', account: null, limit: 500, after: null })
  ).mails;
  await time('conversation shown', rounds, async (round) => {
    return (await rig.mails.showThread(USER, threads[round % threads.length]?.threadId ?? '')).length;
  });
}

async function measureChanges(rig: MailRig): Promise<void> {
  const makeId = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
  const selections = makeSelections({ ...rig.core, random: makeId, search: { findNumbers: async () => [] } });
  const ids: string[] = [];
  for (let after: string | null = null; ids.length < 10_000;) {
    const page = await rig.mails.readPage(USER, { mailbox: 'inbox', account: null, limit: 500, after });
    ids.push(...page.mails.map((mail) => mail.id));
    if (page.next === null) break;
    after = page.next;
  }
  const blocked = monitorEventLoopDelay({ resolution: 1 });
  await selections.change(USER, { ids }, { removeFlags: ['seen'] });
  blocked.enable();
  const read = async (): Promise<string> =>
    (await selections.change(USER, { ids }, { addFlags: ['seen'] })).operation ?? '';
  const operations: string[] = [];
  await time(`${ids.length} marked as read`, 1, async () => operations.push(await read()));
  await time('  undone', 1, async () => (await selections.undo(USER, operations.pop() ?? '')).changed);
  await time('  marked again', 1, async () => operations.push(await read()));
  await time(`${ids.length} moved`, 1, async () => {
    const moved = await selections.change(USER, { ids }, { mailbox: 'mbx_archive' });
    operations.push(moved.operation ?? '');
    return moved.changed;
  });
  await time('  undone', 1, async () => (await selections.undo(USER, operations.pop() ?? '')).changed);
  const where = { where: { mailbox: 'inbox', unread: true }, except: [], upTo: null };
  await time(
    'all unread of the mailbox marked as read',
    1,
    async () => (await selections.change(USER, where, { addFlags: ['seen'] })).changed,
  );
  const sender = { where: { from: 'person7@example.com' }, except: [], upTo: null };
  await time('counted by sender', 1, async () => (await selections.count(USER, sender)).total);
  console.log(`  longest pause of other work: ${(blocked.max / 1e6).toFixed(0)} ms`);
}

async function time(name: string, times: number, work: (round: number) => Promise<number>): Promise<void> {
  const taken: number[] = [];
  let answer = 0;
  for (let round = 0; round < times; round++) {
    const begun = performance.now();
    answer = await work(round);
    taken.push(performance.now() - begun);
  }
  const at = (share: number): string => percentile(taken, share).toFixed(2);
  const figures = times === 1 ? `${at(0)} ms` : `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
  console.log(`  ${name.padEnd(42)} ${figures} (${answer})`);
}

async function measure(rig: MailRig, filled: boolean): Promise<void> {
  const begun = performance.now();
  if (!filled) await fillPages(rig, count);
  if (!filled) console.log(`  ${count} rows written in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  await measurePages(rig);
  await measureChanges(rig);
  await rig.stop();
}

async function setBufferPool(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const connection = await createConnection({ host: hostname, port: Number(port), user: 'root' });
  await connection.query('SET GLOBAL innodb_buffer_pool_size = 1073741824');
  await connection.end();
}

if (values.engine !== 'mysql') {
  console.log('SQLite');
  const temp =
    values.dir === undefined ? makeTempDir('bench-pages') : { path: values.dir, remove: () => undefined };
  const filled = existsSync(`${temp.path}/storage.sqlite`);
  mkdirSync(temp.path, { recursive: true });
  await measure(await openMailRig(temp.path, null), filled);
  temp.remove();
}
if (values.engine !== 'sqlite') {
  console.log('MariaDB');
  const temp = makeTempDir('bench-pages');
  const mariadb = await startMariadb();
  const database = { engine: 'mysql' as const, url: mariadb.url('bench') };
  // As a server of its own would have it; the test's is small.
  await setBufferPool(mariadb.url('bench'));
  const db = await openDatabase({ database, file: '', schema: 'storage', migrations, log: silentLogger });
  await measure(await openMailRig(temp.path, db), false);
  await mariadb.stop();
  temp.remove();
}
