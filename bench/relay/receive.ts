import { spawn } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { findFreePort } from '../../test/harness/ports.ts';
import { makeMemoryBudget } from '../../smtp-relay/submission/wire/memory-budget.ts';
import { StrictServer } from '../../smtp-relay/submission/wire/strict-server.ts';
import { readCpu } from './cpu.ts';
import { median } from '../percentile.ts';

/**
 * What taking a message in costs before anything is done with it, `node bench/relay/receive.ts [MESSAGES]`: our reader
 * (which refuses what no mail may hold), smtp-server's own (which does not look), and a bare receiver that only waits for the
 * final dot. Each in a process of its own, load by Postfix's smtp-source.
 */
const [, , first = '20000', portText] = process.argv;
const ROUNDS = 3;
const KINDS = ['bare', 'smtp-server', 'ours'] as const;
type Kind = (typeof KINDS)[number];

if (portText === undefined) await compare(Number(first));
else serve(first as Kind, Number(portText));

async function compare(messages: number): Promise<void> {
  for (const size of [4096, 102_400]) {
    const count = Math.round(messages * (size > 50_000 ? 0.25 : 1));
    for (const sessions of [1, 10, 50]) {
      const figures = new Map<Kind, Figure[]>(KINDS.map((kind) => [kind, []]));
      // They take turns, so that a busy machine is busy for all.
      for (let round = 0; round < ROUNDS; round++) {
        for (const kind of KINDS) figures.get(kind)?.push(await measure(kind, { size, sessions, count }));
      }
      const said = [...figures].map(([kind, all]) => {
        const rate = Math.round(median(all.map((one) => one.rate)));
        return `${kind} ${rate}/s ${Math.round(median(all.map((one) => one.cpu)) * 1e6)} µs`;
      });
      console.log(`${size} bytes, ${sessions} sessions: ${said.join(' · ')}`);
    }
  }
}

/** Messages a second, and CPU seconds of the receiver for each. */
interface Figure {
  rate: number;
  cpu: number;
}

async function measure(kind: Kind, load: { size: number; sessions: number; count: number }): Promise<Figure> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [import.meta.filename, kind, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await submit(port, { ...load, count: Math.round(load.count / 5) });
  const cpuBefore = readCpu(child.pid ?? 0);
  const began = performance.now();
  await submit(port, load);
  const seconds = (performance.now() - began) / 1000;
  const cpu = (readCpu(child.pid ?? 0) - cpuBefore) / load.count;
  child.kill('SIGTERM');
  return { rate: load.count / seconds, cpu };
}

async function submit(
  port: number,
  { size, sessions, count }: { size: number; sessions: number; count: number },
): Promise<void> {
  const args = `-d -s ${sessions} -m ${count} -l ${size} -f a@x.test -t b@y.test 127.0.0.1:${port}`;
  const child = spawn('/usr/sbin/smtp-source', args.split(' '), { stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error('smtp-source failed');
}

function serve(kind: Kind, port: number): void {
  const ready = (): void => void process.stdout.write('ready\n');
  // Asked to end, it leaves a profile behind when node was told to make one.
  process.once('SIGTERM', () => process.exit(0));
  if (kind === 'bare') {
    createServer((socket) => receiveBare(socket)).listen(port, '127.0.0.1', ready);
    return;
  }
  const options = {
    authOptional: true,
    disableReverseLookup: true,
    hideSTARTTLS: true,
    logger: false,
  } as const;
  const budget = makeMemoryBudget(1 << 28);
  const accept = async (): Promise<string> => 'queued';
  const server =
    kind === 'ours'
      ? new StrictServer(options, { size: 1 << 26, budget, accept, refused: () => undefined })
      : new SMTPServer({
          ...options,
          onData: (stream, _session, callback) => {
            const chunks: Buffer[] = [];
            stream.on('data', (chunk: Buffer) => chunks.push(chunk));
            stream.on('end', () => callback(null, `queued ${Buffer.concat(chunks).length}`));
          },
        });
  server.listen(port, '127.0.0.1', ready);
}

/** As little as a receiver can do: a reply for each line, and for each final dot. */
function receiveBare(socket: Socket): void {
  let inData = false;
  let tail = '';
  socket.setNoDelay(true);
  socket.write('220 bare\r\n');
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    if (inData) {
      const end = chunk.subarray(-5).toString('latin1');
      tail = (tail + end).slice(-5);
      if (tail !== '\r\n.\r\n') return;
      inData = false;
      socket.write('250 ok\r\n');
      return;
    }
    const line = chunk.toString('latin1');
    inData = line.startsWith('DATA');
    tail = '';
    socket.write(inData ? '354 go\r\n' : line.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
    if (line.startsWith('QUIT')) socket.end();
  });
}
