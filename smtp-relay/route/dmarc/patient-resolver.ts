import { SECOND, type Millis } from '../../../common/time.ts';
import type { Resolve } from '../../../server-kit/cached-resolver.ts';

/** After a lookup that nobody answered, none is waited for so long. */
const SILENCE: Millis = 30 * SECOND;

export interface PatientResolver {
  resolve: Resolve;
  /** Nobody answered in time. */
  noteSilence(): void;
}

/**
 * A resolver that does not answer costs its time once in 30 s, not with every mail: until then each lookup fails at once
 * as one that timed out.
 */
export function makePatientResolver(resolve: Resolve, now: () => Millis = Date.now): PatientResolver {
  let silentUntil = 0;
  return {
    resolve: async (name, type) => {
      if (now() < silentUntil) throw Object.assign(new Error('DNS is silent'), { code: 'ETIMEOUT' });
      try {
        return await resolve(name, type);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ETIMEOUT') {
          silentUntil = now() + SILENCE;
        }
        throw error;
      }
    },
    noteSilence: () => {
      silentUntil = now() + SILENCE;
    },
  };
}
