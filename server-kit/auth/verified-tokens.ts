import type { Millis } from '../../common/time.ts';

/**
 * Tokens that were found good, with what they say, until they end: whoever shows one shows it at many calls. Named together
 * with all that it was held against. At `most` of them it begins anew. Whether their holder still counts is asked at each call all the same.
 */
export class VerifiedTokens<Claims> {
  readonly #known = new Map<string, { claims: Claims; until: Millis }>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Undefined: it has to be verified. */
  find(name: string, now: Millis): Claims | undefined {
    const known = this.#known.get(name);
    return known !== undefined && known.until > now ? known.claims : undefined;
  }

  add(name: string, claims: Claims, until: Millis): void {
    if (this.#known.size >= this.#most) this.#known.clear();
    this.#known.set(name, { claims, until });
  }
}
