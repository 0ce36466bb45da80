import { foldAsciiAddress } from '../../server-kit/mail-domain.ts';
import type { StoredRecipient } from '../sending/status/recipient-store.ts';
import type { SendRowState } from '../sending/send-store.ts';
import type { Report, ReportedRecipient } from './report.ts';

/** A sent mail that a notification may be about. */
export interface SentCase {
  mail: string;
  sendKey: string;
  messageId: string;
  queueId: string | null;
  state: SendRowState;
  recipients: readonly StoredRecipient[];
}

/** A recipient of a sent mail and what is reported of him. */
export interface MatchedRecipient {
  /** As it was sent to. */
  address: string;
  reported: ReportedRecipient;
}

/**
 * Whom of the mail's recipients a notification is about; empty: it is not about this mail. It has to name a secret of the
 * mail that only hosts on its way know (ENVID), or an id of it and one of its recipients: whoever did not get the mail
 * knows neither. Nothing is said of recipients to whom nothing was sent.
 */
export function matchReport(report: Report, sent: SentCase): MatchedRecipient[] {
  if (sent.state !== 'taken' && sent.state !== 'trying') return [];
  const secret = report.envelopeId === sent.sendKey;
  const isAbout =
    secret ||
    report.messageIds.includes(sent.messageId) ||
    (sent.queueId !== null && report.queueIds.includes(sent.queueId));
  if (!isAbout) return [];
  const mailed = sent.recipients.filter(({ state }) => state !== 'held' && state !== 'cancelled');
  const matched = new Map<string, MatchedRecipient>();
  for (const reported of report.recipients) {
    const found = findNamed(mailed, reported.addresses);
    if (found !== undefined) matched.set(found.address, { address: found.address, reported });
  }
  if (matched.size > 0) return [...matched.values()];
  const only = findForwarded(report, mailed, secret);
  return only === null ? [] : [only];
}

function findNamed(
  recipients: readonly StoredRecipient[],
  addresses: readonly string[],
): StoredRecipient | undefined {
  const keys = new Set(addresses.map(foldAsciiAddress));
  return recipients.find(({ address }) => keys.has(foldAsciiAddress(address)));
}

/**
 * The recipient's host passed the mail on to an address that we never heard of, and that one failed. It can only be told
 * whom that means where nobody else is possible.
 */
function findForwarded(
  report: Report,
  mailed: readonly StoredRecipient[],
  secret: boolean,
): MatchedRecipient | null {
  const [reported, ...others] = report.recipients;
  if (reported === undefined || others.length > 0) return null;
  const named = report.mentioned
    .map((address) => findNamed(mailed, [address]))
    .filter((one) => one !== undefined);
  const [candidate, ...more] = new Set(named.length > 0 ? named : secret ? mailed : []);
  return candidate === undefined || more.length > 0 ? null : { address: candidate.address, reported };
}
