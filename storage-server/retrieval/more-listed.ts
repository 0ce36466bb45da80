import type { Listed } from '../pop3/listing.ts';
import type { LedgerEntry } from './ledger/ledger-store.ts';
import { makeLedgerKeys } from './ledger/ledger-key.ts';

/** Fewer than this would be an ordinary maildrop that somebody else empties. */
const SMALLEST_WINDOW = 50;

/**
 * Whether a session that brought all that was listed should be followed by another at once. Gmail lists about 250
 * messages that nobody has retrieved yet, and the next ones only in the next session. Such a server is known by the
 * provider table (`listsAtMost`), or by what it does: it lists as many as before, and none of those.
 */
export function expectMore(
  messages: readonly Listed[],
  before: { listed: number; ledger: readonly LedgerEntry[] },
  brought: { stored: number; added: number },
  listsAtMost: number | null,
): boolean {
  if (listsAtMost !== null) return brought.stored > 0 && messages.length >= listsAtMost * 0.8;
  // A server that numbers anew each time brings nothing new: it must not be asked again and again.
  if (brought.added === 0 || before.listed < SMALLEST_WINDOW) return false;
  if (messages.length < before.listed * 0.9) return false;
  const keys = new Set(makeLedgerKeys(messages));
  return !before.ledger.some(({ uidl, listed }) => listed === 1 && keys.has(uidl));
}
