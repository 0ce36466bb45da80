/** The modseq up to which the lists show what the store has; null until that is known. */
let seen: number | null = null;

export function setSeen(modseq: number | null): void {
  seen = modseq;
}

/** `upTo` of a change by description: what came since then the person has not seen, and it stays as it is. */
export function readSeen(): number | null {
  return seen;
}
