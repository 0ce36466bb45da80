import { execFile } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { hasComponent } from '../../test/harness/component.ts';
import { startDovecot, type Dovecot } from '../../test/harness/dovecot.ts';
import { startTcpProxy } from '../../test/harness/tcp-proxy.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { makeCorpus, makeLargeCorpus } from './corpus.ts';
import { discardAll } from './floor.ts';
import { runFetchmail, runGetmail, runMpop } from './peers.ts';
import { printMemory, printTimes, type Times } from './print.ts';
import { serve } from './serve.ts';

/** Our whole path (retrieved, stored durably, parsed, listed) beside peers, and a socket that throws all away, in one run. */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '20261121' },
    /** Round trip in milliseconds, put in by a proxy. */
    delay: { type: 'string', default: '0' },
    /** 50 messages of 10 MiB instead. */
    large: { type: 'boolean', default: false },
    /** Messages that the process has retrieved before, as a server has that has run for a while. */
    warm: { type: 'string', default: '1000' },
    /** Peers that take long run once, and only for at most so many messages. */
    fetchmail: { type: 'string', default: '10000' },
    getmail: { type: 'string', default: '1000' },
    /** Also memory and CPU of a real `serve storage-server`. */
    serve: { type: 'boolean', default: false },
  },
});
const run = promisify(execFile);
const rounds = Number(values.rounds);
const warm = Number(values.warm);
const LARGE = { count: 50, size: 10 << 20 };

function makeMails(count: number): Generator<Buffer> {
  const seed = Number(values.seed);
  return values.large ? makeLargeCorpus(count, LARGE.size, seed) : makeCorpus(count, seed);
}

function deliver(dovecot: Dovecot, count: number): number {
  let bytes = 0;
  for (const mail of makeMails(count)) {
    bytes += mail.length;
    dovecot.deliver('bench', [mail]);
  }
  return bytes;
}

/** `warm`: messages that the process has retrieved before. */
async function runOurs(
  dir: string,
  port: number,
  count: number,
  warm: number,
): Promise<{ seconds: number; cpu: number }> {
  const args = [join(import.meta.dirname, 'our-path.ts'), dir, ...[port, count, warm].map(String)];
  return JSON.parse((await run(process.execPath, args)).stdout) as { seconds: number; cpu: number };
}

/** Each begins on a disk at rest, with the memory that the one before took for its files: what that left is not its business. */
async function clear(dir: string): Promise<void> {
  rmSync(dir, { recursive: true, force: true });
  await run('sync');
}

async function measure(count: number): Promise<void> {
  const dovecot = await startDovecot({ users: { bench: 'secret', warm: 'secret' } });
  const delay = Number(values.delay);
  const proxy = await startTcpProxy(dovecot, { delayMs: delay / 2 });
  const port = delay > 0 ? proxy.port : dovecot.port;
  const temp = makeTempDir('bench');
  chmodSync(temp.path, 0o755);
  try {
    for (const mail of makeCorpus(warm, 1)) dovecot.deliver('warm', [mail]);
    const bytes = deliver(dovecot, count);
    const where = delay > 0 ? `${delay} ms round trip` : 'loopback';
    console.log(
      `${count} messages, ${(bytes / 1e6).toFixed(0)} MB, ${where}, seed ${values.seed}, ${rounds} rounds`,
    );
    await discardAll(dovecot.port, count);
    const times: Times = { socket: [], valija: [], fresh: [], mpop: [], fetchmail: [], getmail: [] };
    const cpu: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const dir = (name: string): string => join(temp.path, `${name}-${round}`);
      times.socket.push(await discardAll(port, count));
      const ours = await runOurs(dir('valija'), port, count, warm);
      times.valija.push(ours.seconds);
      cpu.push(ours.cpu);
      await clear(dir('valija'));
      times.fresh.push((await runOurs(dir('fresh'), port, count, 0)).seconds);
      await clear(dir('fresh'));
      if (hasComponent('mpop')) times.mpop.push(await runMpop(dir('mpop'), port, count));
      await clear(dir('mpop'));
    }
    const once = join(temp.path, 'once');
    if (hasComponent('fetchmail') && count <= Number(values.fetchmail))
      times.fetchmail.push(await runFetchmail(`${once}-fetchmail`, port, count));
    if (hasComponent('getmail') && count <= Number(values.getmail)) {
      // Its parent sometimes waits in vain for a child: that is told, and the run goes on.
      const one = await runGetmail(`${once}-getmail`, port, count).catch((error: unknown) =>
        console.log(String(error)),
      );
      if (one !== undefined) times.getmail.push(one);
    }
    printTimes(times, cpu, count);
    if (values.serve) {
      dovecot.empty('bench');
      const served = await serve(dovecot, count, async () => {
        deliver(dovecot, count);
        await discardAll(dovecot.port, count);
      });
      printMemory(served);
    }
  } finally {
    await proxy.close();
    await dovecot.stop();
    temp.remove();
  }
}

const counts = values.large ? [LARGE.count] : values.messages.split(',').map(Number);
for (const count of counts) await measure(count);
