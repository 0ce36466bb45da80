import { MINUTE, type Millis } from './time.ts';

/** Parts report every 30 s. */
const SILENT_AFTER = 2 * MINUTE;

/** Whether a part that was last seen then (ISO 8601; null: never) has not reported for longer than it should. */
export function isSilent(lastSeen: string | null, now: Millis): boolean {
  return lastSeen === null || now - Date.parse(lastSeen) > SILENT_AFTER;
}
