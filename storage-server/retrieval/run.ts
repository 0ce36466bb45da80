import { MailError, toWireError } from '../../common/errors.ts';
import type { CheckEvent } from '../../common/shapes/event.ts';
import { findProviderOfHost } from '../../common/providers/find-provider.ts';
import { SECOND } from '../../common/time.ts';
import { TOGETHER, readCallError } from '../../server-kit/service-client.ts';
import type { StorageCore } from '../context.ts';
import type { Filing } from '../filing/filing.ts';
import { openSession } from '../pop3/session.ts';
import { nameLedger } from './ledger/ledger-key.ts';
import { MaildropRetrieval } from './retrieve-maildrop.ts';
import { visitServer, type Visit } from './visit-server.ts';
import type { MemoryShare } from './turns/memory-share.ts';

/** The right to one maildrop, as the profile-server gave it. */
export interface Lease {
  id: string;
  account: string;
  user: string;
  /** Of the POP3 server. */
  host: string;
  expiresAt: number;
}

/** How one poll of one account went. `added` counts rows, `bytes` what was retrieved; both hold also beside an error. */
export interface RunResult {
  account: string;
  /** Null when the account could not even be read. */
  email: string | null;
  added: number;
  bytes: number;
  /** In the maildrop. */
  messages: number;
  seconds: number;
  /** The next poll is due at once: the server lists only some at a time. */
  more: boolean;
  /** Seconds that the server wants between two sign-ins, null when it said nothing. */
  loginDelay: number | null;
  error: MailError | null;
}

export type RunCore = Pick<
  StorageCore,
  'clock' | 'db' | 'egress' | 'events' | 'home' | 'log' | 'mails' | 'profile'
> & { filing?: Filing };

export interface RunOptions {
  spoolDir: string;
  /** Gives memory to sessions that retrieve something. */
  memory: MemoryShare;
  signal: AbortSignal;
  /** Called before clients hear that it is over: they read then what it came to. */
  report: (result: RunResult) => Promise<void>;
}

const CONNECT_TIMEOUT = 20 * SECOND;

/** What a poll that brought nothing came to. */
export function makeEmptyResult(account: string): RunResult {
  return {
    account,
    email: null,
    added: 0,
    bytes: 0,
    messages: 0,
    seconds: 0,
    more: false,
    loginDelay: null,
    error: null,
  };
}

/** Polls one account under its lease, from asking for its secret to QUIT. Never throws: trouble is part of the result. */
export async function runLease(core: RunCore, lease: Lease, options: RunOptions): Promise<RunResult> {
  const begun = performance.now();
  const { account, user } = lease;
  const result = makeEmptyResult(account);
  const tell = (phase: CheckEvent['phase'], done: number, total: number | null): void => {
    const error = result.error === null ? null : toWireError(result.error);
    core.events.publish(user, { type: 'check', account, phase, done, total, error });
  };
  let total: number | null = null;
  let done = 0;
  let leaveMemory: (() => void) | null = null;
  try {
    tell('connecting', 0, null);
    const { settings, secret } = await core.profile.credential.use.mutate(
      { lease: lease.id, account, purpose: 'retrieve' },
      { ...TOGETHER, signal: options.signal },
    );
    const { email, keep, pop3 } = settings;
    result.email = email;
    const { inbox, showCopies, language } = await core.home.readPollFacts(user);
    if (inbox === null) throw new MailError('not-found', 'no such mailbox', { reason: 'mailbox' });
    const provider = findProviderOfHost(pop3.host);
    const visit = async (server: Visit): Promise<MailError | null> => {
      const session = await openSession({
        ...server,
        settings: pop3,
        secret,
        connect: async (signal) =>
          await core.egress.connect(pop3.host, pop3.port, 'mail', { timeoutMs: CONNECT_TIMEOUT, signal }),
        spoolDir: options.spoolDir,
        signal: options.signal,
        language,
        listing: true,
      });
      result.loginDelay = session.loginDelay;
      tell('listing', 0, null);
      const retrieval = new MaildropRetrieval(core, {
        session,
        keep,
        to: {
          user,
          account,
          maildrop: nameLedger(user, pop3),
          mailbox: inbox,
          received: core.clock.now(),
          apart: showCopies,
        },
        listsAtMost: provider?.listsAtMost ?? null,
        onProgress: (count, all) => {
          if (leaveMemory === null && count < all) {
            session.waitingBytes = options.memory.enter();
            leaveMemory = () => options.memory.leave();
          }
          tell('retrieving', (done = count), (total = all));
        },
      });
      const { added, bytes, ...rest } = await retrieval.run();
      Object.assign(result, rest, { added: result.added + added, bytes: result.bytes + bytes });
      return result.error;
    };
    const loginGap = provider?.loginGap !== undefined;
    result.error = await visitServer(core, { server: pop3, signal: options.signal, loginGap, visit });
  } catch (error) {
    result.error = options.signal.aborted ? readAbort(options.signal) : readCallError(error);
  }
  (leaveMemory as (() => void) | null)?.();
  result.seconds = Math.round(performance.now() - begun) / 1000;
  await options.report(result);
  tell(result.error === null ? 'done' : 'failed', done, total);
  logRun(core, result);
  return result;
}

function readAbort(signal: AbortSignal): MailError {
  const reason: unknown = signal.reason;
  return reason instanceof MailError
    ? reason
    : new MailError('unavailable', 'stopped', { reason: 'cancelled' });
}

function logRun(core: RunCore, { account, added, bytes, messages, seconds, error }: RunResult): void {
  const fields = { account, added, bytes, messages, seconds };
  if (error === null) core.log.debug('retrieval.done', fields);
  else if (error.code === 'internal') core.log.error('retrieval.failed', { ...fields, error });
  else core.log.info('retrieval.failed', { ...fields, code: error.code, reason: error.reason });
}
