import type { SMTPServerSession } from 'smtp-server';
import { isResent } from '../../common/send-key.ts';
import type { Clock } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { keepOriginal } from '../dsn/xtext.ts';
import { choosePriority } from '../queue/priority.ts';
import type { NewMail } from '../queue/queued-mail.ts';
import type { Enqueued } from '../queue/commit/change.ts';
import { destinationOf } from '../route/destination.ts';
import type { Preflight } from '../route/preflight.ts';
import { hasUtf8Header } from './message/has-utf8-header.ts';
import type { SignMessage } from '../dkim/sign.ts';
import { prepareMessage } from './message/prepare-message.ts';
import { SubmissionRefusal } from './refusal.ts';
import type { Senders } from './sign-in/authorise.ts';
import type { Submitter } from './sign-in/submitter.ts';
import type { ReceivedData } from './wire/incoming-message.ts';

/** RFC 3461 4.4 allows 100 characters, our own keys are shorter. */
const MAX_ENVID = 200;

export interface SubmitContext {
  log: Logger;
  clock: Clock;
  makeId: (prefix: string) => string;
  name: string;
  operatorSmarthost: boolean;
  sign: SignMessage;
  checkSender: Preflight['checkSender'];
  /** Resolves when the mail is committed and synced. */
  enqueue: (mail: NewMail) => Promise<Enqueued>;
}

/** A received message becomes a queued mail; the answer is what 250 says. Throws SubmissionRefusal. */
export async function submit(
  context: SubmitContext,
  input: { session: SMTPServerSession; submitter: Submitter; senders: Senders; data: ReceivedData },
): Promise<string> {
  const { session, submitter, senders, data } = input;
  const { envelope } = session;
  const queueId = context.makeId('queue');
  const now = context.clock.now();
  const envid = envelope.dsn?.envid ?? null;
  if (envid !== null && envid.length > MAX_ENVID)
    throw new SubmissionRefusal(501, '5.5.4', 'ENVID is too long');
  // Only storage-servers name send keys: what other programs say in ENVID may be said twice, and passes nothing on.
  const own = submitter.appPassword !== null;
  const sendKey = own ? queueId : (envid ?? queueId);
  const mailFrom = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  const resent = isResent(sendKey);
  if (resent && mailFrom === '') throw new SubmissionRefusal(550, '5.7.1', 'nobody answers for this mail');
  const prepared = prepareMessage(data.pieces, {
    queueId,
    name: context.name,
    protocol: session.transmissionType,
    now,
    resentBy: resent ? mailFrom : null,
  });
  const sender = await senders.authorise(submitter, prepared.from);
  for (const address of prepared.senders) await senders.authorise(submitter, address);
  // What rules pass on keeps its writer's From and signature: receivers judge him, not who passes it on.
  const problem = resent ? null : await context.checkSender(sender, prepared.from, mailFrom);
  if (problem !== null) {
    throw new SubmissionRefusal(550, '5.7.1', `sender refused: ${problem.remedy ?? problem.reason}`);
  }
  const account = sender.send?.way === 'smarthost' ? demandAccount(sender.account) : null;
  // A signature of ours would make a forged From of an own domain a true one.
  const signs = account === null && !resent;
  // Signed once here: every try sends the same bytes.
  const body = signs ? await context.sign(prepared.from, prepared.body) : prepared.body;
  const queued = await context.enqueue({
    id: queueId,
    user: submitter.user,
    home: submitter.part,
    sendKey,
    mailFrom,
    account,
    // Many programs send such a header and say nothing of it.
    utf8: (envelope.smtpUtf8 ?? false) || hasUtf8Header(body),
    eightBit: data.eightBit,
    messageId: prepared.messageId,
    priority: choosePriority(prepared.body, envelope.rcptTo.length),
    requireTls: envelope.requireTLS ?? false,
    // Who requires TLS is not asked whether it matters (RFC 8689 4.1).
    tlsOptional: prepared.tlsOptional && envelope.requireTLS !== true,
    dsn: { ret: readRet(envelope.dsn?.ret), envid: own ? envid : null },
    copy: own,
    queuedAt: now,
    recipients: envelope.rcptTo.map(({ address, dsn }) => ({
      address,
      destination: destinationOf(address, { account, operatorSmarthost: context.operatorSmarthost }),
      notify: dsn?.notify?.join(',') ?? null,
      original: keepOriginal(dsn?.orcpt),
    })),
    body,
  });
  context.log.info('submission.accepted', {
    mail: queued.id,
    session: session.id,
    user: submitter.user,
    home: submitter.part,
    // Not the password: its id.
    app: submitter.appPassword,
    protocol: session.transmissionType,
    size: data.size,
    recipients: envelope.rcptTo.length,
  });
  return `2.0.0 queued as ${queued.id}`;
}

function demandAccount(account: string | null): string {
  if (account === null) throw new SubmissionRefusal(451, '4.3.5', 'the route of this sender has no account');
  return account;
}

function readRet(ret: string | null | undefined): 'FULL' | 'HDRS' | null {
  return ret === 'FULL' || ret === 'HDRS' ? ret : null;
}
