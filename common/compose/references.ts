/** Enough for any program to thread by, and short enough for a header. */
const MOST = 30;

/**
 * The References of an answer (RFC 5322 3.6.4): those of the mail it answers, or its single
 * In-Reply-To where it has none, and then its own Message-ID. Long threads keep the first and the newest.
 */
export function makeReferences(answered: {
  messageId: string | null;
  inReplyTo: string | null;
  references: readonly string[];
}): string[] {
  const before = answered.references.length > 0 ? answered.references : [answered.inReplyTo];
  const all = [...before, answered.messageId].map(normaliseMessageId).filter((one) => one !== null);
  const once = all.filter((one, index) => all.lastIndexOf(one) === index);
  return once.length <= MOST ? once : [...once.slice(0, 1), ...once.slice(1 - MOST)];
}

/** `<id>` with its angle brackets; null for what cannot stand in a header as a Message-ID. */
export function normaliseMessageId(text: string | null): string | null {
  const inner = text?.trim().replace(/^<|>$/g, '') ?? '';
  return /^[^\s<>\u0000-\u001f\u007f]{1,990}$/.test(inner) ? `<${inner}>` : null;
}
