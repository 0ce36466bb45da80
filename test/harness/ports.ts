import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range that systems hand out to outgoing connections: one of those took a port between looking and listening. */
const LOWEST = 10_300;
const HIGHEST = 32_000;
/** Handed out in this process, and perhaps not listened on yet. */
const given = new Set<number>();

/** A loopback port that was free a moment ago: for servers that cannot be told "any". */
export async function findFreePort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (given.has(port) || !(await isFree(port, host))) continue;
    given.add(port);
    return port;
  }
  throw new Error('no port');
}

/** A `--port-base` whose ports were free a moment ago, for a Valija whose ports must be known before it starts. */
export async function findPortBase(): Promise<number> {
  for (;;) {
    const base = (await findFreePort()) - 30;
    const free = await Promise.all(
      [10, 20, 25].map(async (offset) => await isFree(base + offset, '127.0.0.1')),
    );
    if (!free.includes(false)) return base;
  }
}

async function isFree(port: number, host: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
