import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startDovecot } from '../../test/harness/dovecot.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { makeCorpus } from '../retrieval/corpus.ts';
import { median } from '../percentile.ts';

/** What rules cost an import: `npm run bench filing [COUNT] [ROUNDS] [KINDS]`. Rounds alternate, so that a busy machine is busy for all. */
const [count = '10000', rounds = '3'] = process.argv.slice(2);
const KINDS = process.argv[4]?.split(',') ?? ['none', 'header', 'body'];
const dovecot = await startDovecot({ users: { bench: 'secret' } });
dovecot.deliver('bench', [...makeCorpus(Number(count), 7)]);
const figures = new Map<string, { seconds: number; cpu: number }[]>(KINDS.map((kind) => [kind, []]));
const script = join(import.meta.dirname, 'import-once.ts');
try {
  for (let round = 0; round <= Number(rounds); round++) {
    for (const kind of KINDS) {
      const dir = makeTempDir('bench-filing');
      const ran = spawnSync(process.execPath, [script, dir.path, `${dovecot.port}`, count, kind], {
        encoding: 'utf8',
      });
      dir.remove();
      if (ran.status !== 0) throw new Error(ran.stderr);
      const figure = JSON.parse(ran.stdout) as { seconds: number; cpu: number; filed: number };
      // The first round warms Dovecot and the disk.
      if (round > 0) figures.get(kind)?.push(figure);
      console.log(kind, round === 0 ? '(warming)' : '', JSON.stringify(figure));
    }
  }
} finally {
  await dovecot.stop();
}
const middle = (kind: string, of: 'cpu' | 'seconds'): number =>
  median((figures.get(kind) ?? []).map((one) => one[of]));
for (const kind of KINDS) {
  const more = Math.round((middle(kind, 'cpu') / middle('none', 'cpu') - 1) * 100);
  console.log(
    `${kind}: ${middle(kind, 'cpu').toFixed(2)} s CPU (+${more} %), ${middle(kind, 'seconds').toFixed(2)} s`,
  );
}
