import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { hasUtf8LocalPart } from '../../common/envelope.ts';
import { isLoopbackHost } from '../../server-kit/http/loopback.ts';
import { domainOf } from '../route/destination.ts';
import { SubmissionRefusal, toRefusal } from './refusal.ts';
import { authenticate } from './sign-in/authenticate.ts';
import type { Senders } from './sign-in/authorise.ts';
import type { Submitter } from './sign-in/submitter.ts';
import type { SubmissionOptions } from './submission-server.ts';
import { submit } from './submit.ts';
import type { ReceivedData } from './wire/incoming-message.ts';

type Callback<T> = (error: Error | null, value?: T) => void;

export interface Handlers {
  handlers: Pick<SMTPServerOptions, 'onAuth' | 'onMailFrom' | 'onRcptTo'>;
  accept: (session: SMTPServerSession, data: ReceivedData) => Promise<string>;
  refused: (session: SMTPServerSession, error: unknown) => void;
  /** Resolves when every message that is in was answered. */
  settled: () => Promise<unknown>;
}

/** What submission does at each command. */
export function makeHandlers(options: SubmissionOptions, senders: Senders): Handlers {
  const { host, log, limits, trust } = options;
  const mayAuthInClear = isLoopbackHost(host);
  const accepting = new Set<Promise<unknown>>();

  const submitterOf = (session: SMTPServerSession): Submitter => {
    const submitter = (session.user as Submitter | undefined) ?? options.admit?.();
    if (!submitter) throw new SubmissionRefusal(530, '5.7.0', 'authentication required');
    // Removed in the moment in which it signed in.
    if (submitter.appPassword !== null && !trust.isLive(submitter.appPassword, '')) {
      throw new SubmissionRefusal(421, '4.7.0', 'no longer trusted');
    }
    return submitter;
  };
  const refused = (session: SMTPServerSession, error: unknown): void => {
    const refusal = toRefusal(error);
    const known = refusal === error;
    const user = (session.user as Submitter | undefined)?.user ?? null;
    const { id, remoteAddress: address } = session;
    options.meters?.refused(refusal.responseCode);
    const fields = { session: id, address, user, code: refusal.responseCode, refusal: refusal.message };
    log[known ? 'info' : 'warn']('submission.refused', known ? fields : { ...fields, error });
  };
  const answer = async <T>(
    session: SMTPServerSession,
    work: () => Promise<T>,
    callback: Callback<T>,
  ): Promise<void> => {
    let value: T;
    try {
      value = await work();
    } catch (error) {
      refused(session, error);
      return callback(toRefusal(error));
    }
    callback(null, value);
  };
  const checkMail = async (session: SMTPServerSession, address: string): Promise<void> => {
    const submitter = submitterOf(session);
    demandUtf8(session, address);
    await limits.demandRoom(submitter.user);
    if (address !== '') await senders.authorise(submitter, address);
  };
  const checkRecipient = async (session: SMTPServerSession, address: string): Promise<void> => {
    if (domainOf(address) === '') {
      throw new SubmissionRefusal(553, '5.1.3', 'recipient address is not valid');
    }
    demandUtf8(session, address);
    await limits.demandRecipient(submitterOf(session).user, session.envelope.rcptTo.length + 1);
  };
  const take = async (session: SMTPServerSession, data: ReceivedData): Promise<string> => {
    const submitter = submitterOf(session);
    await limits.demandSize(submitter.user, data.size);
    const recipients = session.envelope.rcptTo.length;
    await limits.takeRoom(submitter.user, recipients);
    try {
      return await submit(options, { session, submitter, senders, data });
    } catch (error) {
      limits.giveRoom(submitter.user, recipients);
      throw error;
    }
  };
  return {
    handlers: {
      onAuth: (auth, session, callback) => {
        const signIn = async (): Promise<{ user: Submitter }> => {
          const secure = session.secure || mayAuthInClear;
          return { user: await authenticate(options, auth, { secure, address: session.remoteAddress }) };
        };
        void answer(session, signIn, callback as Callback<{ user: Submitter }>);
      },
      onMailFrom: ({ address }, session, callback) => {
        void answer(session, async () => await checkMail(session, address), callback);
      },
      onRcptTo: ({ address }, session, callback) => {
        void answer(session, async () => await checkRecipient(session, address), callback);
      },
    },
    accept: async (session, data) => {
      const work = take(session, data);
      accepting.add(work);
      try {
        return await work;
      } finally {
        accepting.delete(work);
      }
    },
    refused,
    settled: async () => await Promise.allSettled(accepting),
  };
}

/** RFC 6531 3.4: who writes such an address has to say SMTPUTF8, or the next host may not be asked for it. */
function demandUtf8(session: SMTPServerSession, address: string): void {
  if (session.envelope.smtpUtf8 !== true && hasUtf8LocalPart(address)) {
    throw new SubmissionRefusal(553, '5.6.7', 'this address needs SMTPUTF8');
  }
}
