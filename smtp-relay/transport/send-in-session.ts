import { hasUtf8LocalPart } from '../../common/envelope.ts';
import { toAsciiAddress } from '../../server-kit/mail-domain.ts';
import type { Refusal } from '../reply/classify.ts';
import type { EnvelopeDsn } from './mail-commands.ts';
import { toSevenBit } from '../seven-bit/to-seven-bit.ts';
import { toAccepted, toResult, type Sent, type Shipment, type ShipmentResult } from './shipment.ts';
import type { SmtpSession } from './smtp-session.ts';
import type { BodySource } from './transact.ts';

/** Sends over an open session. Throws SessionError only when stopped by `signal`. */
export async function sendInSession(
  session: SmtpSession,
  host: string,
  shipment: Shipment,
  signal: AbortSignal,
): Promise<Sent> {
  const elsewhere: string[] = [];
  const results = new Map<string, ShipmentResult>();
  const wire = new Map<string, string>();
  const hasUtf8 = session.extensions.has('SMTPUTF8');
  const refused = toResult(utf8Refusal(), host, session.tls);
  const from = hasUtf8 ? shipment.from : toPlainAddress(shipment.from);
  for (const to of shipment.to) {
    const onWire = hasUtf8 ? to : toPlainAddress(to);
    if (onWire === null || from === null) results.set(to, refused);
    else wire.set(to, onWire);
  }
  if (from === null || wire.size === 0) return { results, elsewhere };
  const addresses = [...wire.values()];
  const body = await readFor(session, shipment);
  if (body === null) {
    const result = toResult(eightBitRefusal(), host, session.tls);
    return { results: new Map(shipment.to.map((to) => [to, results.get(to) ?? result])), elsewhere };
  }
  const replies = await session.send(
    {
      from,
      to: addresses,
      size: Buffer.isBuffer(body) ? body.length : shipment.size,
      eightBit: shipment.eightBit,
      requireTls: shipment.requireTls,
      utf8:
        hasUtf8 &&
        (shipment.utf8 || [from, ...addresses].some((address) => /[^\u0000-\u007f]/.test(address))),
      ...(shipment.dsn === undefined ? {} : { dsn: translateDsn(shipment.dsn, wire) }),
    },
    body,
    signal,
  );
  for (const [to, onWire] of wire) {
    const reply = replies.get(onWire);
    if (reply === undefined) throw new Error('no result for a recipient');
    if (!reply.accepted && reply.elsewhere) elsewhere.push(to);
    results.set(
      to,
      reply.accepted
        ? { ...toAccepted(reply.line, host, session.tls), passesDsnOn: session.extensions.has('DSN') }
        : toResult(reply.refusal, host, session.tls),
    );
  }
  return { results, elsewhere };
}

/** The body as the host can take it: RFC 6152 3 wants it rewritten, or refused, where 8BITMIME is missing. Null when it cannot be. */
async function readFor(session: SmtpSession, shipment: Shipment): Promise<BodySource | null> {
  const body = shipment.openBody();
  if (!shipment.eightBit || session.extensions.has('8BITMIME')) return body;
  if (Buffer.isBuffer(body)) return toSevenBit(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return toSevenBit(Buffer.concat(chunks));
}

/** For hosts without SMTPUTF8; null when the local part needs it. The null sender stays. */
function toPlainAddress(address: string): string | null {
  return hasUtf8LocalPart(address) ? null : toAsciiAddress(address);
}

function translateDsn(dsn: EnvelopeDsn, wire: ReadonlyMap<string, string>): EnvelopeDsn {
  const recipients = [...dsn.recipients].map(([to, wanted]) => [wire.get(to) ?? to, wanted] as const);
  return { ...dsn, recipients: new Map(recipients) };
}

function eightBitRefusal(): Refusal {
  return { ...utf8Refusal(), reason: 'recipient-refused/no-8bitmime', enhanced: '5.6.3' };
}

/** RFC 6531 3.5: the next host cannot carry this address. */
function utf8Refusal(): Refusal {
  return {
    outcome: 'permanent',
    reason: 'recipient-refused/no-smtputf8',
    code: null,
    enhanced: '5.6.7',
    serverLine: null,
  };
}
