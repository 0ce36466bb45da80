import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { MailError } from '../common/errors.ts';
import { portsFrom, type Ports } from '../server-kit/settings.ts';

/** Below the range that systems hand out to outgoing connections, so that nothing takes them between looking and listening. */
const LOWEST = 12_000;
const HIGHEST = 32_000;
/** One who is just ending, as in a restart, is waited for. */
const PATIENCE_MS = 3000;

/** The ports of all parts: from the base, or free ones when it is 0. */
export async function choosePorts(base: number, host: string): Promise<Ports> {
  if (base !== 0) return portsFrom(base);
  const taken = new Set<number>();
  return {
    profile: await findFreePort(host, taken),
    storage: await findFreePort(host, taken),
    submission: await findFreePort(host, taken),
    relay: await findFreePort(host, taken),
  };
}

async function findFreePort(host: string, taken: Set<number>): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (!taken.has(port) && (await isFree(port, host))) {
      taken.add(port);
      return port;
    }
  }
  throw new MailError('unavailable', `no free port on ${host}`, { reason: 'no-free-port', params: { host } });
}

/** Says clearly which port is taken before any part has started. */
export async function demandFreePorts(ports: number[], host: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (const port of ports) {
    let free = await isFree(port, host);
    while (!free && Date.now() < until) {
      await wait(100);
      free = await isFree(port, host);
    }
    if (!free) {
      throw new MailError('unavailable', `port ${port} is taken`, {
        reason: 'port-taken',
        params: { port, host },
      });
    }
  }
}

async function isFree(port: number, host: string): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(refuseHost(host, port, error));
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function refuseHost(host: string, port: number, error: NodeJS.ErrnoException): MailError {
  return new MailError('unavailable', `cannot listen on ${host}:${port}`, {
    reason: 'cannot-listen',
    params: { host, port, detail: error.code ?? error.message },
    cause: error,
  });
}
