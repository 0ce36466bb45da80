import { lookup } from 'node:dns/promises';
import { type Socket, connect, isIP } from 'node:net';
import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import { isMissing } from '../cached-resolver.ts';
import { makeDnsResolver } from '../dns-resolver.ts';
import { leaveOnAbort } from '../leave-on-abort.ts';
import { chooseAddresses } from './choose-addresses.ts';
import { type EgressUse, checkEgress } from './decide.ts';
import { parseNetworks } from './networks.ts';

/** A checked address of `host`, which TLS is still asked by name. */
export interface Endpoint {
  address: string;
  family: 4 | 6;
  host: string;
  port: number;
}

export interface ConnectOptions {
  /** For all addresses of the name together; looking it up has limits of its own. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Stands before every connection that a user or a message can steer. */
export interface EgressGuard {
  /** Every address of the name, all of them allowed; MailError `dns` or `host-not-allowed`. */
  resolve(host: string, port: number, use: EgressUse): Promise<Endpoint[]>;
  /** A TCP connection to one of the checked addresses, of which a few are tried; MailError `connect-refused` or `timeout`. TLS and its name are the caller's. */
  connect(host: string, port: number, use: EgressUse, options: ConnectOptions): Promise<Socket>;
}

export interface GuardOptions {
  allowNetworks: readonly string[];
  /** Resolver of VALIJA_DNS; null asks the system. */
  dns: { host: string; port: number } | null;
}

export function makeEgressGuard(options: GuardOptions): EgressGuard {
  const allowed = parseNetworks(options.allowNetworks);
  const find = options.dns === null ? lookupBySystem : makeLookup(options.dns);

  const resolve = async (host: string, port: number, use: EgressUse): Promise<Endpoint[]> => {
    const bare = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    const addresses = isIP(bare) ? [bare] : await find(bare);
    checkEgress({ host, port, use, addresses, allowed });
    return addresses.map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4, host, port }));
  };
  return {
    resolve,
    connect: async (host, port, use, connectOptions) => {
      const { timeoutMs, signal } = connectOptions;
      const resolving = resolve(host, port, use);
      const found = await (signal === undefined ? resolving : leaveOnAbort(resolving, signal, stopped));
      const endpoints = chooseAddresses(found);
      const deadline = performance.now() + timeoutMs;
      let last: unknown;
      for (const [index, endpoint] of endpoints.entries()) {
        // One that swallows everything leaves the others their share.
        const share = (deadline - performance.now()) / (endpoints.length - index);
        try {
          return await connectTo(endpoint, { ...connectOptions, timeoutMs: share });
        } catch (error) {
          last = error;
          if (connectOptions.signal?.aborted === true) break;
        }
      }
      throw last;
    },
  };
}

async function lookupBySystem(host: string): Promise<string[]> {
  try {
    const found = await lookup(host, { all: true });
    return found.map((entry) => entry.address);
  } catch (error) {
    throw toDnsError(host, error);
  }
}

function makeLookup(dns: { host: string; port: number }): (host: string) => Promise<string[]> {
  const resolver = makeDnsResolver(dns, 5 * SECOND);
  return async (host) => {
    if (host.toLowerCase() === 'localhost') return ['127.0.0.1'];
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses;
    const reasons = [four, six].flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    // The question that nobody answered may be the one that has an address.
    throw toDnsError(host, reasons.find((reason) => !isMissing(reason)) ?? reasons[0]);
  };
}

function toDnsError(host: string, cause: unknown): MailError {
  return new MailError('dns', `${host} could not be resolved`, {
    reason: isMissing(cause) ? 'unknown-host' : 'no-answer',
    params: { host },
    field: 'host',
    cause,
  });
}

function stopped(): MailError {
  return new MailError('dropped', 'stopped', { reason: 'stopped' });
}

async function connectTo(endpoint: Endpoint, options: ConnectOptions): Promise<Socket> {
  const { host, port } = endpoint;
  return await new Promise((resolve, reject) => {
    const socket = connect({ host: endpoint.address, port, family: endpoint.family });
    const settle = (): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
    };
    const fail = (error: MailError): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const params = { host, port };
    const timer = setTimeout(
      () => fail(new MailError('timeout', `${host}:${port} does not answer`, { reason: 'connect', params })),
      options.timeoutMs,
    );
    const abort = (): void => fail(stopped());
    options.signal?.addEventListener('abort', abort, { once: true });
    if (options.signal?.aborted === true) abort();
    socket.once('connect', () => {
      settle();
      socket.removeAllListeners('error');
      socket.setNoDelay(true);
      resolve(socket);
    });
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      const late = cause.code === 'ETIMEDOUT' || cause.code === 'EHOSTUNREACH';
      const code = late ? 'timeout' : 'connect-refused';
      fail(new MailError(code, `${host}:${port} cannot be reached`, { reason: 'connect', params, cause }));
    });
  });
}
