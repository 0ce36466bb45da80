export type Who = 'user' | 'storage' | 'relay';

export interface Attempt {
  as: Who;
  input?: unknown;
  /** The code of the refusal, or the whole answer where an empty one is right. */
  refused?: string;
  answer?: unknown;
}

/** Whoever calls acts for itself only: there is no id of another to give. */
export const OWN = 'own';
/** For everybody; what it does with a foreign name or code has tests of its own. */
export const OPEN = 'open';

/** By procedure. */
export type Attempts = Record<string, Attempt[] | typeof OWN | typeof OPEN>;

/** Users who are admins of nothing may not. */
export function forUsers(input?: unknown): Attempt[] {
  return [{ as: 'user', input, refused: 'forbidden' }];
}
