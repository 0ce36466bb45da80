import type { Millis } from '../../common/time.ts';
import { idleAfter } from './session-life.ts';

/** After so much rest a client in lab mode signs out, where no policy says otherwise. */
const IDLE_MINUTES = 10;

/** How a lab session is kept. */
export interface LabTerms {
  /** Minutes of rest after which the client signs out. */
  idleMinutes: number;
  /** Rest (ms) after which the server ends it. */
  idleAfter: Millis;
}

/** Null: no lab session. */
export function readLabTerms(keeping: { lab?: boolean | undefined }): LabTerms | null {
  return keeping.lab === true ? { idleMinutes: IDLE_MINUTES, idleAfter: idleAfter(IDLE_MINUTES) } : null;
}
