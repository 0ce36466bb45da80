import { readAlgorithm, type DkimKey } from './keys.ts';

/** Whether receivers find the record of a key; null where DNS does not answer. */
export type IsPublished = (key: DkimKey) => Promise<boolean | null>;

/**
 * Of each algorithm the newest key whose record is known to be there, else the newest of which DNS says nothing, else the
 * newest: one that was just made signs when its record is there, and the one before until then. Receivers take whichever algorithm they know (RFC 8463
 * 3.1); all know RSA, which comes first. `keys`: of one domain, oldest first.
 */
export async function chooseSigningKeys(
  keys: readonly DkimKey[],
  isPublished: IsPublished,
): Promise<DkimKey[]> {
  const chosen = await Promise.all(
    (['rsa', 'ed25519'] as const).map(async (algorithm) => {
      const newestFirst = keys.filter((key) => readAlgorithm(key) === algorithm).toReversed();
      // With only one there is nothing to choose, and nobody to be asked.
      if (newestFirst.length < 2) return newestFirst[0];
      let open: DkimKey | undefined;
      for (const key of newestFirst) {
        const published = await isPublished(key);
        if (published === true) return key;
        if (published === null) open ??= key;
      }
      return open ?? newestFirst[0];
    }),
  );
  return chosen.filter((key) => key !== undefined);
}
