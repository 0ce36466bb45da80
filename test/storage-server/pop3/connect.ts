import { connect, type Socket } from 'node:net';
import type { Pop3Settings } from '../../../common/shapes/account.ts';
import type { Limits } from '../../../storage-server/pop3/limits.ts';
import { openSession, type Pop3Session, type SessionOptions } from '../../../storage-server/pop3/session.ts';

/** A TCP connection to loopback, in place of the egress guard's. */
async function connectLoopback(port: number, signal?: AbortSignal): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ...(signal === undefined ? {} : { signal }) });
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

export interface Trial extends Pick<SessionOptions, 'known' | 'learned' | 'language' | 'listing'> {
  port: number;
  spoolDir: string;
  settings?: Partial<Pop3Settings>;
  secret?: string;
  limits?: Partial<Limits>;
  signal?: AbortSignal;
}

export async function openTestSession(trial: Trial): Promise<Pop3Session> {
  const { port, spoolDir, limits = {}, signal, settings, secret = 'secret', ...rest } = trial;
  return await openSession({
    settings: { host: 'localhost', port, tls: 'none', user: 'alice', auth: 'auto', ...settings },
    ...rest,
    secret,
    connect: (until) => connectLoopback(port, until),
    spoolDir,
    limits,
    ...(signal === undefined ? {} : { signal }),
  });
}
