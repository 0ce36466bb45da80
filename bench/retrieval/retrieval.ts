import { execFile } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { hasComponent } from '../../test/harness/component.ts';
import { startDovecot } from '../../test/harness/dovecot.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { makeCorpus } from './corpus.ts';
import { discardAll } from './floor.ts';
import { runGetmail, runMpop } from './peers.ts';

/** Our whole path (retrieved, stored durably, parsed, listed) beside mpop and getmail, and a socket that throws all away, in one run. */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '20261121' },
    /** getmail takes minutes for 10,000. */
    getmail: { type: 'string', default: '1000' },
  },
});
const run = promisify(execFile);
const rounds = Number(values.rounds);

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function measure(count: number): Promise<void> {
  const dovecot = await startDovecot({ users: { bench: 'secret' } });
  const temp = makeTempDir('bench');
  chmodSync(temp.path, 0o755);
  try {
    let bytes = 0;
    for (const mail of makeCorpus(count, Number(values.seed))) {
      bytes += mail.length;
      dovecot.deliver('bench', [mail]);
    }
    console.log(`${count} messages, ${(bytes / 1e6).toFixed(0)} MB, seed ${values.seed}, ${rounds} rounds`);
    await discardAll(dovecot.port, count);
    const seconds: Record<string, number[]> = { socket: [], valija: [], mpop: [], getmail: [] };
    let rss = 0;
    for (let round = 0; round < rounds; round++) {
      const dir = (name: string): string => join(temp.path, `${name}-${round}`);
      seconds['socket']!.push(await discardAll(dovecot.port, count));
      const args = [
        join(import.meta.dirname, 'our-path.ts'),
        dir('valija'),
        String(dovecot.port),
        String(count),
      ];
      const ours = JSON.parse((await run(process.execPath, args)).stdout) as { seconds: number; rss: number };
      seconds['valija']!.push(ours.seconds);
      rss = Math.max(rss, ours.rss);
      if (hasComponent('mpop')) seconds['mpop']!.push(await runMpop(dir('mpop'), dovecot.port, count));
      if (round === 0 && hasComponent('getmail') && count <= Number(values.getmail)) {
        // Its parent sometimes waits in vain for a child: that is told, and the run goes on.
        const one = await runGetmail(dir('getmail'), dovecot.port, count).catch((error: unknown) =>
          console.log(String(error)),
        );
        if (one !== undefined) seconds['getmail']!.push(one);
      }
    }
    const floor = median(seconds['socket']!);
    for (const [name, all] of Object.entries(seconds)) {
      if (all.length === 0) continue;
      const middle = median(all);
      const each = all.map((one) => one.toFixed(2)).join(' ');
      const rate = `${(count / middle).toFixed(0)} msg/s`;
      console.log(
        `${name.padEnd(8)} median ${middle.toFixed(2)} s  (${each})  ${rate}  ${(middle / floor).toFixed(1)}x socket`,
      );
    }
    const ours = median(seconds['valija']!);
    for (const peer of ['mpop', 'getmail']) {
      const theirs = seconds[peer]!;
      if (theirs.length > 0) {
        console.log(
          `valija is ${(median(theirs) / ours).toFixed(2)}x as fast as ${peer} (best run of ${peer}: ${(Math.min(...theirs) / ours).toFixed(2)}x)`,
        );
      }
    }
    console.log(`valija's resident memory at most ${(rss / 2 ** 20).toFixed(0)} MiB`);
  } finally {
    await dovecot.stop();
    temp.remove();
  }
}

for (const count of values.messages.split(',')) await measure(Number(count));
