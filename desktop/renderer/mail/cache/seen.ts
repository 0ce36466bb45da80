/** The modseq up to which the lists show what the store has; null until that is known. */
let seen: number | null = null;

export function setSeen(modseq: number | null): void {
  seen = modseq;
}

/** The lowest modseq that anything was read at before news were followed; null: nothing was read. */
let readAt: number | null = null;

/** Counts up with each session that ends: an answer that comes later is none of the next one. */
let session = 0;

/** Called as a reading begins; what it returns takes the modseq of the answer. */
export function beginReading(): (modseq: number | undefined) => void {
  const began = session;
  return (modseq) => {
    if (modseq !== undefined && began === session) readAt = Math.min(readAt ?? modseq, modseq);
  };
}

/** The session ended: its user's modseqs say nothing of the next one's store. */
export function forgetRead(): void {
  session += 1;
  readAt = null;
  seen = null;
}

/** From where on news are news to this client. */
export function takeReadAt(): number | null {
  const from = readAt;
  readAt = null;
  return from;
}

/** `upTo` of a change by description: what came since then the person has not seen, and it stays as it is. */
export function readSeen(): number | null {
  return seen;
}
