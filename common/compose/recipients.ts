import type { Address } from '../shapes/address.ts';
import type { AnswerKind } from '../shapes/draft.ts';

export interface AnsweredMail {
  from: readonly Address[];
  replyTo: readonly Address[];
  to: readonly Address[];
  cc: readonly Address[];
}

/** How two addresses are compared: without case, since no provider in use tells local parts apart by it. */
export function foldAddress(address: string): string {
  return address.trim().normalize('NFC').toLowerCase();
}

/**
 * Who gets the answer (RFC 5322 3.6.3): its author in To, and with reply-all everybody else who
 * got it in Cc. Own addresses are left out, nobody stands twice. A mail that the user wrote
 * himself is answered to those it went to.
 */
export function chooseRecipients(
  mail: AnsweredMail,
  own: readonly string[],
  kind: AnswerKind,
): { to: Address[]; cc: Address[] } {
  if (kind === 'forward') return { to: [], cc: [] };
  const mine = new Set(own.map(foldAddress));
  const wroteIt = mail.from.length > 0 && mail.from.every((one) => mine.has(foldAddress(one.address)));
  const author = mail.replyTo.length > 0 ? mail.replyTo : mail.from;
  const target = wroteIt && mail.to.length > 0 ? mail.to : author;
  const seen = new Set<string>();
  const others = dropKnown(target, seen, wroteIt ? mine : new Set());
  const to = others.length > 0 ? others : dropKnown(target, seen, new Set());
  if (kind === 'reply') return { to, cc: [] };
  return { to, cc: dropKnown([...mail.to, ...mail.cc], seen, mine) };
}

/** Those with an address that is neither in `without` nor seen before; what is kept counts as seen. */
function dropKnown(list: readonly Address[], seen: Set<string>, without: ReadonlySet<string>): Address[] {
  return list.filter((one) => {
    const key = foldAddress(one.address);
    if (key === '' || seen.has(key) || without.has(key)) return false;
    seen.add(key);
    return true;
  });
}
