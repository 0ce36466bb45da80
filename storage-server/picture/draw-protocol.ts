/** What drawing one picture may cost. */
export const LIMITS = {
  /** Width times height of what comes in. */
  pixels: 40_000_000,
  /** What goes out fits into this. */
  box: { width: 1600, height: 8000 },
  /** Sides of a picture that only counts who looks. */
  counter: 2,
  seconds: 8,
} as const;

export interface DrawRequest {
  call: number;
  bytes: Uint8Array;
}

export type DrawAnswer =
  | { call: number; ok: true; bytes: Uint8Array }
  | { call: number; ok: false; reason: 'picture' | 'picture-counter' };
