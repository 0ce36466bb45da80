import { forgetWithSession } from '../../session/forget.ts';

/** The modseq up to which the lists show what the store has; null until that is known. */
let seen: number | null = null;

export function setSeen(modseq: number | null): void {
  seen = modseq;
}

/** The lowest modseq at which anything that is shown was read since news were last asked for; null: nothing was. */
let readAt: number | null = null;
const listeners = new Set<() => void>();

/** Called when something is shown as it was at an earlier modseq: what changed since has to be put into it. Returns how to stop listening. */
export function whenReadAt(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Counts up with each session that ends: an answer that comes later is none of the next one. */
let session = 0;

/** Called as a reading begins; what it returns takes the modseq of the answer. */
export function beginReading(): (modseq: number | undefined) => void {
  const began = session;
  return (modseq) => {
    if (modseq === undefined || began !== session) return;
    readAt = Math.min(readAt ?? modseq, modseq);
    for (const listener of listeners) listener();
  };
}

// Its user's modseqs say nothing of the next one's store.
forgetWithSession(() => {
  session += 1;
  readAt = null;
  seen = null;
});

/** From where on news are news to this client. */
export function takeReadAt(): number | null {
  const from = readAt;
  readAt = null;
  return from;
}

/** See setSeen. */
export function readSeen(): number | null {
  return seen;
}
