import type { AddressInfo } from 'node:net';
import type { SMTPServerSession } from 'smtp-server';
import { MailError } from '../../common/errors.ts';
import type { Trust } from '../../server-kit/auth/trust.ts';
import { isLoopbackHost } from '../../server-kit/http/loopback.ts';
import type { Logger } from '../../server-kit/log.ts';
import type { ProfileLink } from '../profile-link.ts';
import { domainOf } from '../route/destination.ts';
import { authenticatePart } from './authenticate.ts';
import { makeAuthorise, type Authorise, type Submitter } from './authorise.ts';
import { MAX_MESSAGE_SIZE, makeMemoryBudget, receiveData } from './receive-data.ts';
import { SubmissionRefusal, toRefusal } from './refusal.ts';
import { StrictServer } from './strict-server.ts';
import { submit, type SubmitContext } from './submit.ts';

/** RFC 5321 4.5.3.1.8 asks for 100 at least. */
const MAX_RECIPIENTS = 500;
const MAX_CONNECTIONS = 200;
/** Of all messages being received together. */
const MEMORY_LIMIT = 256 * 1024 * 1024;
/** For a message that is in, to be committed and answered, when the relay stops. */
const STOP_GRACE_MS = 3000;

export interface SubmissionOptions extends SubmitContext {
  host: string;
  port: number;
  tls: { cert: string; key: string } | null;
  trust: Trust;
  profile: Pick<ProfileLink, 'authoriseSender'>;
  log: Logger;
  /** Who a connection is that has not signed in; only measurements say so, others must sign in. */
  admit?: () => Submitter;
}

export interface SubmissionServer {
  port: number;
  readonly connections: number;
  stop(): Promise<void>;
}

/** Message submission (RFC 6409) for the parts of Valija: AUTH, then mails; 250 only for what is durably queued. */
export async function startSubmission(options: SubmissionOptions): Promise<SubmissionServer> {
  const { host, tls, trust, log } = options;
  const budget = makeMemoryBudget(MEMORY_LIMIT);
  const transactions = new WeakMap<SMTPServerSession, Authorise>();
  const receiving = new Set<Promise<unknown>>();
  const mayAuthInClear = isLoopbackHost(host);

  const authoriseFor = (session: SMTPServerSession): Authorise => {
    const known = transactions.get(session) ?? makeAuthorise(options.profile);
    transactions.set(session, known);
    return known;
  };
  const submitterOf = (session: SMTPServerSession): Submitter => {
    const submitter = (session.user as Submitter | undefined) ?? options.admit?.();
    if (!submitter) throw new SubmissionRefusal(530, '5.7.0', 'authentication required');
    return submitter;
  };
  const answer = async <T>(
    session: SMTPServerSession,
    work: Promise<T>,
    callback: Callback<T>,
  ): Promise<void> => {
    let value: T;
    try {
      value = await work;
    } catch (error) {
      const refusal = toRefusal(error);
      const known = refusal === error;
      const fields = { session: session.id, address: session.remoteAddress, refusal: refusal.message };
      log[known ? 'info' : 'warn']('submission.refused', known ? fields : { ...fields, error });
      return callback(refusal);
    }
    callback(null, value);
  };

  const server = new StrictServer({
    name: options.name,
    banner: 'Valija',
    ...tls,
    disabledCommands: tls === null ? ['STARTTLS', 'XCLIENT', 'XFORWARD'] : ['XCLIENT', 'XFORWARD'],
    authMethods: ['PLAIN'],
    authOptional: options.admit !== undefined,
    allowInsecureAuth: mayAuthInClear,
    size: MAX_MESSAGE_SIZE,
    maxRecipients: MAX_RECIPIENTS,
    maxClients: MAX_CONNECTIONS,
    hideDSN: false,
    hideENHANCEDSTATUSCODES: false,
    disableReverseLookup: true,
    closeTimeout: STOP_GRACE_MS,
    logger: false,
    onAuth: (auth, session, callback) => {
      const signIn = async (): Promise<{ user: Submitter }> => {
        const secure = session.secure || mayAuthInClear;
        return { user: await authenticatePart(trust, auth, { secure, address: session.remoteAddress }) };
      };
      void answer(session, signIn(), callback);
    },
    onMailFrom: ({ address }, session, callback) => {
      const authorise = makeAuthorise(options.profile);
      transactions.set(session, authorise);
      const check = async (): Promise<void> => {
        if (address !== '') await authorise(submitterOf(session), address);
      };
      void answer(session, check(), callback);
    },
    onRcptTo: ({ address }, session, callback) => {
      const check = async (): Promise<void> => {
        if (domainOf(address) === '')
          throw new SubmissionRefusal(553, '5.1.3', 'recipient address is not valid');
      };
      void answer(session, check(), callback);
    },
    onData: (stream, session, callback) => {
      const take = async (): Promise<string> => {
        const data = await receiveData(stream, budget);
        try {
          const input = { session, submitter: submitterOf(session), authorise: authoriseFor(session), data };
          return await submit(options, input);
        } finally {
          data.release();
        }
      };
      const work = take();
      receiving.add(work);
      void answer(session, work, (error, text) => {
        receiving.delete(work);
        callback(error, text);
      });
    },
  });
  server.on('error', (error) => log.info('submission.connection-error', { error }));
  const forget = trust.onRevoked(({ kind, id }) => {
    for (const connection of server.connections) {
      const submitter = connection.session.user as Submitter | undefined;
      if (kind === 'part' ? submitter?.part === id : kind === 'user' && submitter?.user === id) {
        connection.send(421, '4.7.0 no longer trusted');
      }
    }
  });
  const port = await listen(server, host, options.port);
  log.info('submission.listening', { host, port });
  return {
    port,
    get connections() {
      return server.connections.size;
    },
    stop: async () => {
      forget();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.race([Promise.allSettled(receiving), closed]);
      for (const connection of server.connections) connection.send(421, '4.3.2 shutting down');
      await closed;
    },
  };
}

type Callback<T> = (error: Error | null, value?: T) => void;

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
