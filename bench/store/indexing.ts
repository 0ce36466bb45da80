import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { fillBoth, type Corpus } from './fill.ts';
import { indexByMu, indexByNotmuch, sizeOf, type Run } from './peers.ts';
import { median } from '../percentile.ts';

/**
 * From raw messages to all of them searchable. Ours begins with the blobs in the store and no index, in a process of
 * its own that must start its threads; the peers begin with the same messages in a Maildir. All may use both cores.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    /** Of the peers, which take long. */
    'peer-rounds': { type: 'string', default: '1' },
    seed: { type: 'string', default: '20261121' },
    /** Where messages and indexes stay, for `bench store query`; made there unless they are there. */
    keep: { type: 'string' },
  },
});

function indexByUs(dir: string): Run & { peak: number } {
  rmSync(join(dir, 'store', 'search'), { recursive: true, force: true });
  const script = join(import.meta.dirname, 'index-once.ts');
  return JSON.parse(
    execFileSync(process.execPath, [script, join(dir, 'store')], { encoding: 'utf8' }),
  ) as Run & {
    peak: number;
  };
}

function print(name: string, runs: readonly Run[], { messages }: Corpus): number {
  const seconds = median(runs.map((run) => run.seconds));
  const all = runs.map((run) => run.seconds.toFixed(1)).join(' ');
  const cpu = median(runs.map((run) => run.cpu));
  const bytes = median(runs.map((run) => run.bytes));
  console.log(
    `${name.padEnd(8)} median ${seconds.toFixed(1)} s (${all})  ${(messages / seconds).toFixed(0)} msg/s  ` +
      `${cpu.toFixed(1)} s of processor time  index ${(bytes / 1e6).toFixed(0)} MB`,
  );
  return seconds;
}

const temp = values.keep === undefined ? makeTempDir('bench-index') : null;
const dir = values.keep ?? temp?.path ?? '';
mkdirSync(dir, { recursive: true });
const known = join(dir, 'corpus.json');
const corpus = existsSync(known)
  ? (JSON.parse(readFileSync(known, 'utf8')) as Corpus)
  : await fillBoth(dir, Number(values.messages), Number(values.seed));
console.log(`${corpus.messages} messages, ${(corpus.bytes / 1e6).toFixed(0)} MB`);
const ours = Array.from({ length: Number(values.rounds) }, () => indexByUs(dir));
const seconds = print('valija', ours, corpus);
console.log(`valija's process had at most ${Math.max(...ours.map(({ peak }) => peak)).toFixed(0)} MiB`);
for (const [name, index, least] of [
  ['notmuch', indexByNotmuch, 3],
  ['mu', indexByMu, 2],
] as const) {
  const runs = Array.from({ length: Number(values['peer-rounds']) }, () => index(dir)).filter(
    (run) => run !== null,
  );
  if (runs.length === 0) {
    if (Number(values['peer-rounds']) > 0) console.log(`${name} is not installed`);
    continue;
  }
  const theirs = print(name, runs, corpus);
  console.log(
    `valija is ${(theirs / seconds).toFixed(2)}x as fast as ${name} (at least ${least}x is wanted)`,
  );
}
const blobs = ['blobs', 'blobs.sqlite', 'storage.sqlite', 'search']
  .map((name) => join(dir, 'store', name))
  .filter((path) => existsSync(path))
  .map(sizeOf);
const sum = blobs.reduce((all, one) => all + one, 0);
console.log(`blobs, rows and index: ${(sum / corpus.bytes).toFixed(2)}x the messages`);
temp?.remove();
