import { reach } from '../../server-kit/crash-point.ts';
import type { Refusal } from '../reply/classify.ts';
import type { Extensions } from './greet.ts';
import {
  formatMail,
  formatRecipient,
  isSpeakable,
  readSizeLimit,
  type MailEnvelope,
} from './mail-commands.ts';
import { SessionError, type readSmtpError } from './smtp-error.ts';
import { DotStuffer } from './wire/dot-stuffer.ts';
import { isPositive, joinLines, type Reply } from './wire/reply-reader.ts';
import type { SmtpWire } from './wire/smtp-wire.ts';
import { ReplyError, WireError } from './wire/wire-error.ts';
import type { Stage } from '../../common/reply/stage.ts';

/** Message bytes as they leave, lines ending with CRLF, dots not doubled. */
export type BodySource = Buffer | AsyncIterable<Buffer>;

/** The last reply for an accepted recipient, or why it was refused. */
export type RecipientReply =
  | { accepted: true; line: string }
  /** `elsewhere`: the host has not got the mail, and the trouble is its own; another host of the domain may take it. */
  | { accepted: false; refusal: Refusal; elsewhere: boolean };

/** Of a body so much is handed to the connection at once. */
const PIECE = 64 * 1024;

export interface TransactContext {
  wire: SmtpWire;
  extensions: Extensions;
  read: typeof readSmtpError;
  /** A line of the host without what was said in confidence. */
  cover: (line: string) => string;
  /** What is left for the next mail of this session. */
  state: { isUsable: boolean; needsReset: boolean; isUnheard: boolean };
}

/**
 * One mail (RFC 5321 3.3), its commands in one packet where the host takes that (RFC 2920). Whatever happens, each
 * recipient gets a reply of its own; throws SessionError only when we stop.
 */
export async function transact(
  context: TransactContext,
  envelope: MailEnvelope,
  body: BodySource,
): Promise<Map<string, RecipientReply>> {
  const { extensions, read, state, wire } = context;
  const replies = new Map<string, RecipientReply>();
  const refuse = (addresses: readonly string[], refusal: Refusal, elsewhere = false): void => {
    for (const to of addresses)
      if (!replies.has(to)) replies.set(to, { accepted: false, refusal, elsewhere });
  };
  // From the final dot on the host may have the mail, whatever we hear of it.
  let ended = false;
  state.isUnheard = false;
  if ((envelope.size ?? 0) > readSizeLimit(extensions)) {
    refuse(envelope.to, refuseOurselves('too-large', '5.3.4'));
    return replies;
  }
  refuse(
    envelope.to.filter((to) => !isSpeakable(envelope.from) || !isSpeakable(to)),
    refuseOurselves('recipient-refused', '5.1.3'),
  );
  const to = envelope.to.filter((address) => !replies.has(address));
  if (to.length === 0) return replies;
  try {
    const taken = await offer(context, { ...envelope, to }, (address, error) => {
      refuse([address], read(error), isOwnTrouble(error));
    });
    if (taken.length > 0) {
      const last = await deliverBody(wire, body, () => (ended = true));
      state.needsReset = !isPositive(last);
      if (!isPositive(last)) throw new ReplyError(last, 'data');
      const line = context.cover(joinLines(last));
      for (const address of taken) replies.set(address, { accepted: true, line });
    }
  } catch (error) {
    if (!(error instanceof ReplyError)) {
      state.isUsable = false;
      // Of a mail that broke off here, nothing may look whole there.
      wire.destroy(new WireError('dropped', 'closed by us'));
    }
    if (error instanceof SessionError && error.stopped) throw error;
    refuse(to, read(error), !ended && isOwnTrouble(error));
    if (error instanceof ReplyError && error.reply.code === 421) state.isUsable = false;
  }
  return replies;
}

/** Whether the host has no time for anybody (421, silence, a lost connection), or will not begin with this mail now. */
function isOwnTrouble(error: unknown): boolean {
  if (error instanceof WireError) return error.kind === 'dropped' || error.kind === 'timeout';
  if (!(error instanceof ReplyError)) return false;
  const { code } = error.reply;
  return code === 421 || (error.stage === 'sender' && code < 500);
}

/** RSET where the last mail left something, MAIL, RCPTs, DATA. Returns who is to get the data, after 354. */
async function offer(
  { wire, extensions, state }: TransactContext,
  envelope: MailEnvelope,
  refuse: (address: string, error: ReplyError) => void,
): Promise<string[]> {
  const reset = state.needsReset ? ['RSET'] : [];
  const mail = formatMail(envelope, extensions);
  const recipients = envelope.to.map((to) => formatRecipient(to, envelope, extensions));
  const pipelined = extensions.has('PIPELINING');
  if (pipelined) wire.write(`${[...reset, mail, ...recipients, 'DATA'].join('\r\n')}\r\n`);
  const ask = async (command: string, stage: Stage): Promise<ReplyError | null> => {
    if (!pipelined) wire.write(`${command}\r\n`);
    const reply = await wire.read();
    if (reply.code === 421) state.isUsable = false;
    const yes = command === 'DATA' ? reply.code === 354 : isPositive(reply);
    // An answer that fits no such command belongs to another one.
    if (!yes && reply.code < 400)
      throw new WireError('protocol', `the server answered ${reply.code} out of turn`);
    return yes ? null : new ReplyError(reply, stage);
  };
  state.isUnheard = true;
  for (const command of reset) {
    const refused = await ask(command, 'session');
    if (refused !== null) throw new WireError('dropped', 'RSET was refused', { cause: refused });
  }
  const noSender = await ask(mail, 'sender');
  state.isUnheard = noSender?.reply.code === 421;
  state.needsReset = true;
  if (noSender !== null && (!pipelined || state.isUnheard)) throw noSender;
  const taken: string[] = [];
  for (const [index, address] of envelope.to.entries()) {
    const refused = await ask(recipients[index] ?? '', 'recipient');
    if (refused === null) taken.push(address);
    else if (noSender === null) refuse(address, refused);
    // The connection ends: what follows has no answer of its own.
    if (refused?.reply.code === 421) throw refused;
  }
  if (!pipelined && taken.length === 0) return [];
  const noData = await ask('DATA', 'data');
  if (noSender !== null) {
    // A host that wants the data of a mail whose sender it refused would take whatever comes next for it.
    if (noData === null) wire.destroy(new WireError('protocol', 'the server answered 354 out of turn'));
    throw noSender;
  }
  if (taken.length > 0 && noData !== null) throw noData;
  if (taken.length === 0 && noData === null) await endEmpty(wire);
  return taken;
}

/** RFC 2920 3.1: 354 though no recipient was taken; a lone dot ends it, and whatever is said then is no answer to us. */
async function endEmpty(wire: SmtpWire): Promise<void> {
  wire.write('.\r\n');
  await wire.read();
}

/** `ending` is called before the final dot may leave. */
async function deliverBody(wire: SmtpWire, body: BodySource, ending: () => void): Promise<Reply> {
  reach('relay-before-body');
  const stuffer = new DotStuffer();
  if (Buffer.isBuffer(body) && body.length <= PIECE) {
    if (wire.hasUnread) return await breakOff(wire);
    ending();
    wire.writeAll([...stuffer.push(body), stuffer.end()]);
  } else {
    for await (const chunk of Buffer.isBuffer(body) ? cut(body) : body) {
      if (!wire.writeAll(stuffer.push(chunk))) await wire.drained();
      if (wire.hasUnread) return await breakOff(wire);
    }
    ending();
    wire.write(stuffer.end());
  }
  reach('relay-dot-sent');
  const last = await wire.read();
  if (last.code === 354) throw new WireError('protocol', 'the server answered 354 out of turn');
  return last;
}

/** What a host says before it has the whole mail refuses it, and usually it goes then: the rest would be sent to nobody. */
async function breakOff(wire: SmtpWire): Promise<Reply> {
  const early = await wire.read();
  if (early.code < 400) throw new WireError('protocol', `the server answered ${early.code} out of turn`);
  wire.destroy(new WireError('dropped', 'closed by us'));
  return early;
}

/** A slow host may take long for a mail, as long as it goes on: each piece has its own time. */
function* cut(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += PIECE) yield body.subarray(at, at + PIECE);
}

function refuseOurselves(reason: Refusal['reason'], enhanced: string): Refusal {
  return { outcome: 'permanent', reason, code: null, enhanced, serverLine: null };
}
