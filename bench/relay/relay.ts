import { startHaraka } from './haraka.ts';
import { measure, type Figure, type Load } from './measure.ts';
import { startOurs } from './ours.ts';
import type { Peer } from './peer.ts';
import { startPostfix } from './postfix.ts';
import { printLoad } from './print.ts';
import { startCountingSink } from './sink.ts';

/**
 * Accepted durably and delivered, beside Postfix and Haraka: `npm run bench -- relay [--rounds N] [--scale F]
 * [--size 4096,102400] [--sessions 1,10,50] [--only NAME,NAME]`. Load by smtp-source, all into one smtp-sink; rounds
 * take turns, so that a busy machine is busy for all. `HARAKA=DIR` says where Haraka was installed.
 */
const given = readOptions(process.argv.slice(2));
const rounds = Number(given['rounds'] ?? 3);
const scale = Number(given['scale'] ?? 1);
const sizes = (given['size'] ?? '4096,102400').split(',').map(Number);
const crowds = (given['sessions'] ?? '1,10,50').split(',').map(Number);
const only = given['only']?.split(',') ?? null;

const starters: Record<string, (sink: number) => Promise<Peer | null>> = {
  postfix: async (sink) => await startPostfix('postfix', [], sink),
  'postfix tuned': async (sink) => await startPostfix('postfix tuned', ['in_flow_delay = 0'], sink),
  haraka: startHaraka,
  valija: async (sink) => await startOurs('bare', sink),
  'valija auth': async (sink) => await startOurs('auth', sink),
  'valija dkim': async (sink) => await startOurs('dkim', sink),
};

for (const size of sizes) {
  for (const sessions of crowds) {
    const messages = Math.round(
      (size > 50_000 ? [300, 1200] : [1500, 6000])[sessions === 1 ? 0 : 1]! * scale,
    );
    await runLoad({ size, sessions, messages });
  }
}

/** Each relay is started for each run anew: none begins with what the last one left in its queue, log or cache. */
async function runLoad(load: Load): Promise<void> {
  const figures = new Map<string, Figure[]>(Object.keys(starters).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, start] of Object.entries(starters)) {
      if (only !== null && !only.includes(name)) continue;
      const sink = await startCountingSink();
      const peer = await start(sink.port);
      try {
        if (peer === null) continue;
        // What runs for the first time is compiled, and Postfix starts its processes: the same for all, whatever the load.
        await measure(peer, sink, { ...load, sessions: 10, messages: load.size > 50_000 ? 600 : 2500 });
        figures.get(name)?.push(await measure(peer, sink, load));
      } finally {
        await peer?.stop();
        await sink.stop();
      }
    }
  }
  printLoad(load, figures);
}

function readOptions(args: readonly string[]): Record<string, string | undefined> {
  const options: Record<string, string> = {};
  for (let index = 0; index < args.length; index += 2) {
    options[(args[index] ?? '').replace(/^--/, '')] = args[index + 1] ?? '';
  }
  return options;
}
