import { hash } from 'node:crypto';
import { normaliseMessageId } from '../../common/compose/references.ts';
import type { Address } from '../../common/shapes/address.ts';
import type { Millis } from '../../common/time.ts';
import { makeSubjectKey, readSubject } from '../mail/threads/subject.ts';
import { parseAddresses } from './addresses.ts';
import { decideDate } from './dates.ts';
import { decodeHeaderText, parseHeaders } from './headers.ts';
import { MIME_LIMITS, type ProblemCode } from './limits.ts';
import type { HeaderFields } from './headers.ts';
import type { PartNode } from './part.ts';
import { countAttachments, selectBody } from './select-body.ts';
import { makeSnippet } from './snippet.ts';
import { scanStructure } from './structure.ts';

/** What a mail's row says of its content. */
export interface MailDigest {
  subject: string;
  from: Address[];
  to: Address[];
  date: Millis;
  snippet: string;
  attachments: number;
  /** Keys of its Message-ID (null without one) and of those that it refers to, nearest last. */
  messageKey: string | null;
  referenceKeys: string[];
  /** The header half of the rule by which the same mail through two accounts is one; null: never. */
  sameKey: string | null;
  /** What its subject says of its conversation, see readSubject and makeSubjectKey. */
  subjectKey: number | null;
  answer: boolean;
  problem: ProblemCode | null;
}

/** Fixed length for what a sender may make as long as he likes. */
function makeKey(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 32);
}

const MOST_REFERENCES = 30;

/** Message-IDs of a header in angle brackets, in their order, each once. */
export function listMessageIds(value: string | null): string[] {
  const found = (value ?? '').slice(0, 32_768).match(/<[^<>\s]{1,990}>/g) ?? [];
  const ids = found.map(normaliseMessageId).filter((one) => one !== null);
  return [...new Set(ids)];
}

/** The digest of a mail that belongs with others although its header does not say so. */
export function addReferences(digest: MailDigest, messageIds: readonly string[]): MailDigest {
  return { ...digest, referenceKeys: [...digest.referenceKeys, ...messageIds.map(makeKey)] };
}

export function readMessageId(headers: HeaderFields): string | null {
  const value = headers.get('message-id');
  return listMessageIds(value)[0] ?? normaliseMessageId(value);
}

/** Digest of a message in memory: `header` and `body` as findBody splits them. Never throws. */
export function digestMail(header: Buffer, body: Buffer, received: Millis): MailDigest {
  const headers = parseHeaders(header);
  const { root, problem } = scanStructure(headers, body);
  return describeMail(headers, root, problem, received, body);
}

/** The same when the structure is known; `body` may be only its begin. */
export function describeMail(
  headers: HeaderFields,
  root: PartNode,
  problem: ProblemCode | null,
  received: Millis,
  body: Buffer,
): MailDigest {
  const chosen = selectBody(root);
  const messageId = readMessageId(headers);
  const references = [
    ...listMessageIds(headers.get('references')),
    ...listMessageIds(headers.get('in-reply-to')).slice(0, 1),
  ].slice(-MOST_REFERENCES);
  const same = [messageId, headers.get('from'), headers.get('date'), headers.get('subject')];
  const subject = decodeHeaderText(headers.get('subject'), 1000);
  const { base, answer } = readSubject(subject);
  return {
    subject,
    from: parseAddresses(headers.get('from') ?? headers.get('sender'), MIME_LIMITS.rowAddresses),
    to: parseAddresses(headers.get('to'), MIME_LIMITS.rowAddresses),
    date: decideDate(headers, received),
    snippet: makeSnippet(chosen, body),
    attachments: countAttachments(root, chosen),
    messageKey: messageId === null ? null : makeKey(messageId),
    referenceKeys: references.filter((one) => one !== messageId).map(makeKey),
    sameKey: messageId === null ? null : makeKey(JSON.stringify(same)),
    subjectKey: makeSubjectKey(base),
    answer,
    problem: headers.fields.length === 0 ? 'no-headers' : problem,
  };
}
