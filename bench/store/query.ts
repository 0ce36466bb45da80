import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Sqlite from 'better-sqlite3';
import { silentLogger } from '../../server-kit/log.ts';
import { startThreads } from '../../storage-server/background/start-threads.ts';
import { makeMailIds } from '../../storage-server/mail/mail-id.ts';
import { parseQuery } from '../../storage-server/search/query/parse-query.ts';
import { startSearch } from '../../storage-server/search/start-search.ts';
import { openTestStore } from '../../test/storage-server/retrieval/store.ts';
import { USER } from './fill.ts';
import { makeRandom } from './words.ts';
import { median, percentile } from '../percentile.ts';

/**
 * How long a search takes in the process of the store, in what `bench store index --keep DIR` left. `ids`: from the text
 * of the question to the ids of the 50 newest results, which the sets of common words give, or else the index's thread.
 * `count`: their number (up to 10,000), which that thread finds while the rows of a page are read. `page`: to what a client gets, rows and number. notmuch is asked through its library, in one process
 * with its database open, for the ids of the 50 newest (notmuch-queries.py), and compared with `ids`.
 */
const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    each: { type: 'string', default: '100' },
    seed: { type: 'string', default: '20261121' },
  },
});
const { from } = values;
if (from === undefined) throw new Error('--from DIR: what `bench store index --keep DIR` left');
const each = Number(values.each);
const rounds = Number(values.rounds);

/** Words by how many mails have them. */
function chooseWords(file: string): Record<'common' | 'middle' | 'rare' | 'joined', string[]> {
  const db = new Sqlite(file);
  db.exec(`CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'mail_text', 'row')`);
  const mails = db.prepare('SELECT COUNT(*) FROM doc').pluck().get() as number;
  const random = makeRandom(Number(values.seed));
  const choose = (least: number, most: number, like: string): string[] => {
    const words = db
      .prepare(
        `SELECT term FROM temp.vocabulary WHERE doc BETWEEN ? AND ? AND length(term) BETWEEN 2 AND 14 AND term ${like} '*[a-z0-9]*' ORDER BY term`,
      )
      .pluck()
      .all(least, most) as string[];
    return Array.from({ length: each }, () => words[Math.floor(random() * words.length)] ?? 'nothing');
  };
  const found = {
    common: choose(mails * 0.1, mails, 'GLOB'),
    middle: choose(mails * 0.01, mails * 0.1, 'GLOB'),
    rare: choose(5, 50, 'GLOB'),
    joined: choose(mails * 0.002, mails, 'NOT GLOB'),
  };
  db.close();
  return found;
}

function print(name: string, times: number[]): { p50: number; p99: number } {
  const figures = { p50: median(times), p99: percentile(times, 0.99) };
  console.log(
    `  ${name.padEnd(8)} p50 ${figures.p50.toFixed(2)} ms  p99 ${figures.p99.toFixed(2)} ms  slowest ${percentile(times, 1).toFixed(2)} ms`,
  );
  return figures;
}

function askNotmuch(database: string, queries: readonly string[]): { times: number[]; found: number } | null {
  const script = join(import.meta.dirname, 'notmuch-queries.py');
  const input = queries.join('\n');
  const run = spawnSync('python3', [script, database, String(rounds)], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (run.status !== 0) return null;
  const lines = run.stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number));
  const found = lines.reduce((sum, [, count = 0]) => sum + count, 0) / lines.length;
  return { times: lines.map(([time = 0]) => time / 1000), found };
}

const dir = join(from, 'store');
const store = await openTestStore(dir);
const key = Buffer.alloc(32, 7);
const threads = startThreads({ blobKey: key, dataDir: dir, log: silentLogger, settings: { dns: null } });
const search = await startSearch({ ...store, ids: makeMailIds(key), log: silentLogger, threads });
await search.settle(USER);
// What the server does when nobody waits: the index of a first import is merged into few segments, and the sets are made.
const begun = performance.now();
while ((await threads.index.ask({ kind: 'tidy', user: USER, sets: true })).more);
console.log(`tidied in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
const words = chooseWords(join(dir, 'search', `${USER}.sqlite`));
const classes: Record<string, string[]> = {
  'common words': words.common,
  'rare words': words.rare,
  'two words': words.middle.map((word, index) => `${word} ${words.common[index] ?? ''}`),
  phrases: words.common.map((word, index) => `"${word} ${words.common[(index * 7 + 1) % each] ?? ''}"`),
  'Chinese characters': words.joined,
  'unread of a sender': words.rare.map(
    (_, index) => `from:jose is:unread subject:${words.common[index] ?? ''}`,
  ),
};
const maildir = join(from, 'maildir');
await search.find(USER, { query: 'warm', limit: 50, after: null, timeZone: null });
for (const [name, queries] of Object.entries(classes)) {
  console.log(name);
  const times: number[] = [];
  const idTimes: number[] = [];
  const countTimes: number[] = [];
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    // One kind after the other, as notmuch is asked: what a page reads would lie in the way of the next question.
    for (const query of queries) {
      const begun = performance.now();
      const parsed = parseQuery(query, null);
      if (threads.near.find(USER, parsed, 51) === null)
        await threads.find.ask({ kind: 'find', user: USER, query: parsed, before: null, limit: 51 });
      idTimes.push(performance.now() - begun);
    }
    for (const query of queries) {
      const begun = performance.now();
      const parsed = parseQuery(query, null);
      await threads.find.ask({ kind: 'count', user: USER, query: parsed, before: null, most: 10_001 });
      countTimes.push(performance.now() - begun);
    }
    for (const query of queries) {
      const begun = performance.now();
      const page = await search.find(USER, { query, limit: 50, after: null, timeZone: null });
      times.push(performance.now() - begun);
      found += page.mails.length;
    }
  }
  const ours = print('ids', idTimes);
  print('count', countTimes);
  print('page', times);
  console.log(`  ${(found / times.length).toFixed(1)} rows each`);
  if (!existsSync(join(maildir, '.notmuch')) || name.startsWith('unread')) continue;
  const others = askNotmuch(maildir, queries);
  if (others === null) continue;
  const theirs = print('notmuch', others.times);
  console.log(`  ${others.found.toFixed(1)} ids each`);
  console.log(
    `  valija takes ${(ours.p50 / theirs.p50).toFixed(2)} of notmuch's p50, ${(ours.p99 / theirs.p99).toFixed(2)} of its p99`,
  );
}
await Promise.all([threads.stop(), search.stop()]);
await store.close();
