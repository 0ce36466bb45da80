import type { SMTPServerSession } from 'smtp-server';
import { isResent } from '../../common/send-key.ts';
import type { Clock } from '../../common/time.ts';
import { choosePriority } from '../queue/priority.ts';
import type { NewMail } from '../queue/queued-mail.ts';
import type { Enqueued } from '../queue/enqueue-store.ts';
import { destinationOf } from '../route/destination.ts';
import type { SignMessage } from '../dkim/sign.ts';
import type { Authorise, Submitter } from './authorise.ts';
import { prepareMessage } from './prepare-message.ts';
import type { ReceivedData } from './receive-data.ts';
import { SubmissionRefusal } from './refusal.ts';

/** RFC 3461 4.4 allows 100; our own keys are shorter. */
const MAX_SEND_KEY = 200;

export interface SubmitContext {
  clock: Clock;
  makeId: (prefix: string) => string;
  name: string;
  operatorSmarthost: boolean;
  sign: SignMessage;
  /** Resolves when the mail is committed and synced. */
  enqueue: (mail: NewMail) => Promise<Enqueued>;
}

/** A received message becomes a queued mail; the answer is what 250 says. Throws SubmissionRefusal. */
export async function submit(
  context: SubmitContext,
  input: { session: SMTPServerSession; submitter: Submitter; authorise: Authorise; data: ReceivedData },
): Promise<string> {
  const { session, submitter, authorise, data } = input;
  const { envelope } = session;
  const queueId = context.makeId('queue');
  const now = context.clock.now();
  const sendKey = envelope.dsn?.envid ?? queueId;
  if (sendKey.length > MAX_SEND_KEY) throw new SubmissionRefusal(501, '5.5.4', 'ENVID is too long');
  const mailFrom = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  const resent = isResent(sendKey);
  if (resent && mailFrom === '') throw new SubmissionRefusal(550, '5.7.1', 'nobody answers for this mail');
  const prepared = prepareMessage(data.message, {
    queueId,
    name: context.name,
    protocol: session.transmissionType,
    now,
    resentBy: resent ? mailFrom : null,
  });
  const sender = await authorise(submitter, prepared.from);
  for (const address of prepared.senders) await authorise(submitter, address);
  const account = sender.send?.way === 'smarthost' ? demandAccount(sender.account) : null;
  const queued = await context.enqueue({
    id: queueId,
    user: submitter.user,
    home: submitter.part,
    sendKey,
    mailFrom,
    account,
    utf8: envelope.smtpUtf8 ?? false,
    eightBit: data.eightBit,
    messageId: prepared.messageId,
    priority: choosePriority(prepared.body, envelope.rcptTo.length),
    requireTls: false,
    tlsOptional: false,
    dsn: { ret: null },
    queuedAt: now,
    recipients: envelope.rcptTo.map(({ address, dsn }) => ({
      address,
      destination: destinationOf(address, { account, operatorSmarthost: context.operatorSmarthost }),
      notify: dsn?.notify?.join(',') ?? null,
      original: dsn?.orcpt?.slice(0, 500) ?? null,
    })),
    // Signed once here: every try sends the same bytes.
    body: account === null ? await context.sign(prepared.from, prepared.body) : prepared.body,
  });
  return `2.0.0 queued as ${queued.id}`;
}

function demandAccount(account: string | null): string {
  if (account === null) throw new SubmissionRefusal(451, '4.3.5', 'the route of this sender has no account');
  return account;
}
