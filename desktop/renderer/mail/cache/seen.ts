/** The modseq up to which the lists show what the store has; null until that is known. */
let seen: number | null = null;

export function setSeen(modseq: number | null): void {
  seen = modseq;
}

/** The lowest modseq that anything was read at before news were followed; null: nothing was read. */
let readAt: number | null = null;

export function noteRead(modseq: number | undefined): void {
  if (modseq !== undefined) readAt = Math.min(readAt ?? modseq, modseq);
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
