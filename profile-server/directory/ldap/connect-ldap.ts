import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { Client } from 'ldapts';
import { MailError } from '../../../common/errors.ts';
import { SECOND } from '../../../common/time.ts';
import type { EgressGuard } from '../../../server-kit/egress/guard.ts';
import { readLdapServer, type LdapFacts, type LdapServer } from './ldap-rule.ts';

/** For a connection, and for each question. */
const CONNECT_LIMIT = 4 * SECOND;
const ASK_LIMIT = 6 * SECOND;

/** A connection to the first server that answers, under TLS where that is set. Throws what the last one said. */
export async function connectLdap(
  guard: EgressGuard,
  facts: Pick<LdapFacts, 'servers' | 'startTls'>,
): Promise<Client> {
  let last: unknown = new MailError('unavailable', 'no server is set');
  for (const text of facts.servers) {
    try {
      return await connectTo(guard, readLdapServer(text), facts.startTls);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

async function connectTo(guard: EgressGuard, server: LdapServer, startTls: boolean): Promise<Client> {
  const { host, port, secure } = server;
  const tcp = await guard.connect(host, port, 'directory', { timeoutMs: CONNECT_LIMIT });
  try {
    const socket = secure ? await encrypt(tcp, host) : tcp;
    const client = new Client({
      url: `${secure ? 'ldaps' : 'ldap'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
      timeout: ASK_LIMIT,
      connectTimeout: CONNECT_LIMIT,
      ...giveOnce(socket, host),
    });
    if (startTls && !secure) await client.startTLS(nameServer(host));
    return client;
  } catch (error) {
    tcp.destroy();
    throw error;
  }
}

/**
 * The library connects again by itself when the line was cut; it gets this socket once and no other, since the second
 * one would be neither checked nor encrypted.
 */
function giveOnce(socket: Socket, host: string) {
  let given = false;
  const give = (): Socket => {
    if (given) throw new MailError('dropped', `${host} broke off`, { params: { host } });
    given = true;
    return socket;
  };
  return {
    createConnection: give as never,
    // Asked again for STARTTLS, then with the options of that.
    createSecureConnection: ((...args: unknown[]) =>
      typeof args[0] === 'object' ? connectTls(args[0] as ConnectionOptions) : give()) as never,
  };
}

/** The whole handshake before the library has it: it would write before the certificate is judged. */
async function encrypt(tcp: Socket, host: string): Promise<TLSSocket> {
  return await new Promise((resolve, reject) => {
    const late = setTimeout(() => tls.destroy(new Error('no TLS in time')), CONNECT_LIMIT);
    const tls = connectTls({ socket: tcp, ...nameServer(host) }, () => {
      clearTimeout(late);
      tls.removeAllListeners('error');
      resolve(tls);
    });
    tls.once('error', (cause) => {
      clearTimeout(late);
      reject(new MailError('tls', `no safe connection to ${host}`, { params: { host }, cause }));
    });
  });
}

function nameServer(host: string): { servername: string } | { host: string } {
  return isIP(host) === 0 ? { servername: host } : { host };
}
