import type { AddressInfo } from 'node:net';
import { MailError } from '../../common/errors.ts';
import type { Trust } from '../../server-kit/auth/trust.ts';
import { isLoopbackHost } from '../../server-kit/http/loopback.ts';
import type { Logger } from '../../server-kit/log.ts';
import type { ProfileLink } from '../profile-link.ts';
import { followRevocations } from './follow-revocations.ts';
import { makeHandlers } from './handlers.ts';
import type { SendLimits } from './limit/send-limits.ts';
import { MAX_MESSAGE_SIZE, MAX_RECIPIENTS } from './largest.ts';
import { makeSenders } from './sign-in/authorise.ts';
import type { Submitter } from './sign-in/submitter.ts';
import type { SubmitContext } from './submit.ts';
import { makeMemoryBudget } from './wire/memory-budget.ts';
import { StrictServer } from './wire/strict-server.ts';

const MAX_CONNECTIONS = 200;
/** Of all messages being received together. */
const MEMORY_LIMIT = 256 * 1024 * 1024;
/** For a message that is in, to be committed and answered, when the relay stops. */
const STOP_GRACE_MS = 3000;
/** RFC 5321 4.5.3.2.7. */
const IDLE_MS = 5 * 60 * 1000;

export interface SubmissionOptions extends SubmitContext {
  host: string;
  port: number;
  tls: { cert: string; key: string } | null;
  /** A second port where TLS begins at once (RFC 8314 3.3); null: none. Needs `tls`. */
  implicitTlsPort?: number | null;
  trust: Trust;
  profile: Pick<ProfileLink, 'authoriseSender' | 'checkAppPassword'>;
  limits: SendLimits;
  log: Logger;
  /** Counts what is refused. */
  meters?: { refused(code: number): void };
  /** Who a connection is that has not signed in; only measurements say so, others must sign in. */
  admit?: () => Submitter;
}

export interface SubmissionServer {
  port: number;
  readonly connections: number;
  stop(): Promise<void>;
}

/**
 * Message submission (RFC 6409) for the parts of Valija and, by app passwords, for other programs of their users: AUTH, then
 * mails; 250 only for what is durably queued.
 */
export async function startSubmission(options: SubmissionOptions): Promise<SubmissionServer> {
  const { host, tls, trust, log, implicitTlsPort = null } = options;
  const senders = makeSenders(options);
  const { handlers, accept, refused, settled } = makeHandlers(options, senders);
  const reception = { size: MAX_MESSAGE_SIZE, budget: makeMemoryBudget(MEMORY_LIMIT), accept, refused };
  const makeServer = (secure: boolean): StrictServer => {
    const server = new StrictServer(
      {
        name: options.name,
        banner: 'Valija',
        heloResponse: '%s',
        ...tls,
        secure,
        disabledCommands: [
          'XCLIENT',
          'XFORWARD',
          'WIZ',
          'SHELL',
          'KILL',
          ...(tls === null ? ['STARTTLS'] : []),
        ],
        authMethods: ['PLAIN', 'LOGIN'],
        authOptional: options.admit !== undefined,
        allowInsecureAuth: isLoopbackHost(host),
        size: MAX_MESSAGE_SIZE,
        maxRecipients: MAX_RECIPIENTS,
        maxClients: MAX_CONNECTIONS,
        socketTimeout: IDLE_MS,
        hideDSN: false,
        hideENHANCEDSTATUSCODES: false,
        hideREQUIRETLS: false,
        disableReverseLookup: true,
        closeTimeout: STOP_GRACE_MS,
        logger: false,
        ...handlers,
      },
      reception,
    );
    server.on('error', (error) => log.info('submission.connection-error', { error }));
    return server;
  };
  const servers = [
    makeServer(false),
    ...(implicitTlsPort === null || tls === null ? [] : [makeServer(true)]),
  ];
  const [plain, secure] = servers as [StrictServer, StrictServer?];
  const forget = trust.onRevoked((revocation) => followRevocations(revocation, servers, senders));
  const port = await listen(plain, host, options.port);
  log.info('submission.listening', { host, port });
  if (secure !== undefined && implicitTlsPort !== null) {
    try {
      log.info('submission.listening-tls', { host, port: await listen(secure, host, implicitTlsPort) });
    } catch (error) {
      forget();
      await closeAll(servers);
      throw error;
    }
  }
  return {
    port,
    get connections() {
      return servers.reduce((sum, server) => sum + server.connections.size, 0);
    },
    stop: async () => {
      forget();
      const closed = closeAll(servers);
      await Promise.race([settled(), closed]);
      for (const server of servers) {
        for (const connection of server.connections) connection.send(421, '4.3.2 shutting down');
      }
      await closed;
    },
  };
}

async function closeAll(servers: readonly StrictServer[]): Promise<void> {
  await Promise.all(
    servers.map(
      async (server) =>
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
        }),
    ),
  );
}

async function listen(server: StrictServer, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (cause: NodeJS.ErrnoException) => {
      const params = { port };
      reject(
        cause.code === 'EADDRINUSE'
          ? new MailError('unavailable', `port ${port} is taken`, { reason: 'port-taken', params, cause })
          : cause,
      );
    });
    server.listen(port, host, () => resolve());
  });
  return (server.server.address() as AddressInfo).port;
}
