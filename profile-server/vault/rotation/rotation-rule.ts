import { SECOND, type Millis } from '../../../common/time.ts';
import type { ProcessRecord } from '../process/process-store.ts';
import type { RotationRecord } from './rotation-store.ts';

/** A transaction that sealed with the old key just before may still be under way for so long. */
export const SETTLE: Millis = 3 * SECOND;

/** Processes that could not open what is moved. */
export function listIgnorant<P extends Pick<ProcessRecord, 'knows'>>(
  processes: readonly P[],
  rotation: Pick<RotationRecord, 'from_key' | 'to_key'>,
): P[] {
  return processes.filter(({ knows }) => {
    const known = knows.split(' ');
    return !known.includes(rotation.from_key) || !known.includes(rotation.to_key);
  });
}

/** Rows may begin to move: whoever lives knows both keys. */
export function mayMove(
  processes: readonly Pick<ProcessRecord, 'knows'>[],
  rotation: Pick<RotationRecord, 'from_key' | 'to_key' | 'state'>,
): boolean {
  return (
    rotation.state === 'waiting' && processes.length > 0 && listIgnorant(processes, rotation).length === 0
  );
}

/**
 * Whether a look through all rows that began at `began` and found none under the old key proves that none will come: then
 * nobody has sealed with the old one for a while.
 */
export function mayRetire(
  processes: readonly Pick<ProcessRecord, 'seals_with' | 'seals_since'>[],
  to: string,
  look: { began: Millis; found: number },
): boolean {
  if (look.found > 0) return false;
  return processes.every((one) => one.seals_with === to && one.seals_since + SETTLE <= look.began);
}
