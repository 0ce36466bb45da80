import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { verifyStore } from '../../storage-server/keeping/verify-store.ts';
import { makeMailIds } from '../../storage-server/mail/mail-id.ts';
import { migrations } from '../../storage-server/migrations/migrations.ts';
import { openTestStore } from '../../test/storage-server/retrieval/store.ts';
import { makeMailCorpus } from './corpus.ts';
import { fillBoth, type Corpus } from './fill.ts';

/**
 * `npm run bench -- store verify [--messages N] [--dir DIR]`: seconds of `store verify` over N mails that came in as all mail
 * does, and what they take on the disk beside the same mails as a Maildir; then N/25 list mails that reached 25 users each.
 * A DIR is kept and used again.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string' },
    dir: { type: 'string' },
    'personal-only': { type: 'boolean' },
  },
});
const messages = Number(values.messages ?? 100_000);
const dir = values.dir ?? mkdtempSync(join(tmpdir(), 'valija-bench-verify-'));
const KEY = Buffer.alloc(32, 7);
const READERS = 25;

interface Disk {
  /** As the file system allots it, as `du`. */
  allotted: number;
  plain: number;
}

function measure(...paths: string[]): Disk {
  const sum: Disk = { allotted: 0, plain: 0 };
  for (const path of paths.filter(existsSync)) {
    const found = statSync(path);
    const below = found.isDirectory()
      ? readdirSync(path, { recursive: true }).map((name) => join(path, String(name)))
      : [];
    for (const file of [path, ...below]) {
      const { blocks, size } = statSync(file);
      sum.allotted += blocks * 512;
      if (statSync(file).isFile()) sum.plain += size;
    }
  }
  return sum;
}

function print(name: string, ours: Disk, maildir: Disk): void {
  const ratio = (kind: keyof Disk): string => (ours[kind] / maildir[kind]).toFixed(3);
  const mib = (ours.allotted / 2 ** 20).toFixed(0);
  console.log(
    `${name.padEnd(44)} ${mib.padStart(7)} MiB  ${ratio('allotted')} of du, ${ratio('plain')} of its bytes`,
  );
}

async function fillPersonal(): Promise<Corpus> {
  const noted = join(dir, 'corpus.json');
  if (existsSync(noted)) return JSON.parse(readFileSync(noted, 'utf8')) as Corpus;
  const corpus = await fillBoth(dir, messages, 1);
  const script = join(import.meta.dirname, 'index-once.ts');
  spawnSync(process.execPath, [script, join(dir, 'store')], { stdio: 'inherit' });
  return corpus;
}

async function verify(home: string): Promise<void> {
  const file = join(home, 'storage.sqlite');
  const place = { database: { engine: 'sqlite' as const }, file, schema: '', migrations, log: silentLogger };
  const db = await openDatabase(place);
  const store = {
    dataDir: home,
    db,
    ids: makeMailIds(KEY),
    blobKey: KEY,
    log: silentLogger,
    close: async () => await db.close(),
  };
  const begun = performance.now();
  const steps = new Map<string, number>();
  const before = process.cpuUsage();
  const report = await verifyStore(store, (step) => void steps.set(step, performance.now() - begun));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(before);
  await db.close();
  const until = [...steps].map(([step, at]) => `${step} ${(at / 1000).toFixed(1)}`).join(', ');
  console.log(
    `verify ${report.mails} mails, ${report.blobs.blobs} blobs, ${(report.blobs.bytes / 2 ** 20).toFixed(0)} MiB: ` +
      `${seconds.toFixed(1)} s, of processors ${((user + system) / 1e6).toFixed(1)} s, wrong ${report.findings.count} (done at: ${until})`,
  );
}

/** Each reader's copy has his own delivery lines in front, as lists deliver it. */
async function fillLists(home: string, count: number): Promise<number> {
  mkdirSync(join(home, 'spool'), { recursive: true });
  const store = await openTestStore(home);
  let plain = 0;
  const mails = [...makeMailCorpus(count, 2)];
  for (let reader = 0; reader < READERS; reader++) {
    for (let at = 0; at < mails.length; at += 200) {
      const incoming = mails.slice(at, at + 200).map((mail) => {
        const to = `reader${reader}@example.org`;
        const lines = `Delivered-To: ${to}\r\nReceived: from lists.example.net by mx.example.org with ESMTPS\r\n\tfor <${to}>; Sat, 21 Nov 2026 09:00:00 +0000\r\n`;
        const source = Buffer.concat([Buffer.from(lines), mail]);
        plain += 4096 * Math.ceil(source.length / 4096);
        const rest = { received: Date.now(), flags: [], sendKey: null };
        return { account: 'acc_a', mailbox: 'mbx_inbox', source, ...rest };
      });
      await store.mails.ingestMails(`user_${reader}`, incoming);
    }
  }
  await store.blobs.compress();
  await store.close();
  return plain;
}

async function compressAll(home: string): Promise<void> {
  const store = await openTestStore(home);
  await store.blobs.compress();
  await store.blobs.sweep([async (ids) => [...ids]], 0);
  await store.close();
}

const corpus = await fillPersonal();
const home = join(corpus.dir, 'store');
await compressAll(home);
const maildir = measure(join(corpus.dir, 'maildir'));
const blobs = [join(home, 'blobs'), join(home, 'blobs.sqlite')];
print('personal mail: blobs', measure(...blobs), maildir);
const rows = ['', '-wal', '-shm'].map((end) => join(home, `storage.sqlite${end}`));
print('personal mail: rows', measure(...rows), maildir);
print('personal mail: search index', measure(join(home, 'search')), maildir);
print('personal mail: together', measure(...blobs, ...rows, join(home, 'search')), maildir);
await verify(home);
const lists = join(dir, 'lists');
if (values['personal-only'] === true) process.exit();
rmSync(lists, { recursive: true, force: true });
const copies = await fillLists(lists, Math.ceil(messages / READERS / 4));
const listBlobs = measure(join(lists, 'blobs'), join(lists, 'blobs.sqlite'));
print(`list mail that reached ${READERS} users: blobs`, listBlobs, { allotted: copies, plain: copies });
await verify(lists);
if (values.dir === undefined) rmSync(dir, { recursive: true, force: true });
