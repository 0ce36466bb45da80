/** Two keys that come within so many milliseconds are one after the other; the commands wait as long. */
const TOGETHER_MS = 1500;

/** Keys that stand for themselves; those that are held only change others, and Tab has to lead on. */
export function isRecordable(key: string): boolean {
  return !['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process', 'Tab'].includes(key);
}

/** What was pressed so far and one key more, `between` milliseconds later: two at most, and chords stand alone. */
export function addKey(before: string, key: string, between: number): string {
  const follows =
    before !== '' &&
    !before.includes(' ') &&
    between <= TOGETHER_MS &&
    [before, key].every((one) => !/^(Mod|Alt)\+/.test(one));
  return follows ? `${before} ${key}` : key;
}
