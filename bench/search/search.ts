import { execFile } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { silentLogger } from '../../server-kit/log.ts';
import { startThreads } from '../../storage-server/background/start-threads.ts';
import { makeMailIds } from '../../storage-server/mail/mail-id.ts';
import { startSearch } from '../../storage-server/search/start-search.ts';
import { startDovecot } from '../../test/harness/dovecot.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { pollOnce } from '../../test/storage-server/retrieval/retrieve.ts';
import { openTestStore } from '../../test/storage-server/retrieval/store.ts';
import { makeCorpus } from '../retrieval/corpus.ts';
import { median, percentile } from '../percentile.ts';

/** How long after a first import its mails can be found, all of them and one of somebody else's that came last. */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '20261121' },
    /** Port of the POP3 server: one round in this process, whose memory is then only its own. */
    port: { type: 'string' },
  },
});
const run = promisify(execFile);
const count = Number(values.messages);
const IMPORTER = 'user_test';
const OTHER = 'user_other';

async function measure(port: number): Promise<void> {
  const temp = makeTempDir('bench-search');
  mkdirSync(join(temp.path, 'spool'), { recursive: true });
  const store = await openTestStore(temp.path);
  const key = Buffer.alloc(32, 7);
  const threads = startThreads({
    blobKey: key,
    dataDir: temp.path,
    log: silentLogger,
    settings: { dns: null },
  });
  const search = await startSearch({ ...store, ids: makeMailIds(key), log: silentLogger, threads });
  let peak = 0;
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const begun = performance.now();
  const result = await pollOnce(store, { port, dir: temp.path, user: 'bench' });
  if (result.error !== null) throw result.error;
  const stored = performance.now();
  const used = process.cpuUsage();
  const source = Buffer.from('Subject: urgent\r\nFrom: a@example.com\r\n\r\nplease answer\r\n');
  const mail = {
    account: 'acc_b',
    mailbox: 'mbx_inbox',
    source,
    received: Date.now(),
    flags: [],
    sendKey: null,
  };
  await store.mails.ingestMails(OTHER, [mail]);
  const others = search.settle(OTHER).then(() => performance.now());
  await search.settle(IMPORTER);
  const done = performance.now();
  const { user, system } = process.cpuUsage(used);
  clearInterval(sampling);
  const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(2);
  const size = statSync(join(temp.path, 'search', `${IMPORTER}.sqlite`)).size;
  console.log(
    `${count} messages stored in ${seconds(begun, stored)} s; all found ${seconds(stored, done)} s later ` +
      `(${((user + system) / 1e6).toFixed(2)} s of processor time), ` +
      `another user's newest after ${seconds(stored, await others)} s; index ${(size / 1e6).toFixed(1)} MB, ` +
      `memory at most ${(peak / 2 ** 20).toFixed(0)} MiB`,
  );
  for (const query of [
    'price',
    'señor health -free',
    'from:s77 report',
    '"as your all"',
    'is:unread',
    'subject:corazón OR überall',
  ]) {
    const times: number[] = [];
    let total: number | null = 0;
    for (let round = 0; round < 20; round++) {
      const before = performance.now();
      ({ total } = await search.find(IMPORTER, { query, limit: 50, after: null, timeZone: null }));
      times.push(performance.now() - before);
    }
    console.log(
      `  ${query.padEnd(28)} ${String(total).padStart(6)}  p50 ${median(times).toFixed(1)} ms, slowest ${percentile(times, 1).toFixed(1)} ms`,
    );
  }
  await Promise.all([threads.stop(), search.stop()]);
  await store.close();
  temp.remove();
}

async function measureAll(): Promise<void> {
  const dovecot = await startDovecot({ users: { bench: 'secret' } });
  try {
    for (const mail of makeCorpus(count, Number(values.seed))) dovecot.deliver('bench', [mail]);
    for (let round = 0; round < Number(values.rounds); round++) {
      const args = [import.meta.filename, '--messages', values.messages, '--port', String(dovecot.port)];
      const { stdout } = await run(process.execPath, args);
      process.stdout.write(stdout);
    }
  } finally {
    await dovecot.stop();
  }
}

if (values.port === undefined) await measureAll();
else await measure(Number(values.port));
