import { SECOND, type Millis } from '../../../common/time.ts';
import type { Resolve } from '../../../server-kit/cached-resolver.ts';

/** A question is waited for so long: somebody waits for the mail to be taken. */
const PATIENCE: Millis = 1.4 * SECOND;
/** One that nobody answered in that time is not waited for again for so long. */
const SILENCE: Millis = 30 * SECOND;
const MOST_SILENT = 5000;

/**
 * A name whose servers do not answer costs its time once in 30 s, not with every mail; until then it fails at once as one
 * that timed out. It is asked all the same, without waiting: what `resolve` keeps is an answer, also one that came late.
 * Each name is silent by itself, since the servers of one domain say nothing about the others.
 */
export function makePatientResolver(resolve: Resolve): Resolve {
  const silentUntil = new Map<string, Millis>();
  return async (name, type) => {
    const key = `${type} ${name.toLowerCase()}`;
    const isSilent = (silentUntil.get(key) ?? 0) > Date.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => {
          if (silentUntil.size >= MOST_SILENT) silentUntil.clear();
          if (!isSilent) silentUntil.set(key, Date.now() + SILENCE);
          reject(Object.assign(new Error(`DNS is silent about ${name}`), { code: 'ETIMEOUT' }));
        },
        isSilent ? 0 : PATIENCE,
      );
    });
    try {
      return await Promise.race([resolve(name, type), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
