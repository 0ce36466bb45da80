import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, writeLog } from '../log.ts';
import { readDictionaryName } from './spelling-languages.ts';

/**
 * Puts the dictionaries that came with the program where Chromium looks before it would download any: `Dictionaries` in the
 * folder of its data. `source`: where they lie, absent in a package without. The languages that are there now.
 */
export function placeDictionaries(source: string, sessionData: string): string[] {
  const place = join(sessionData, 'Dictionaries');
  const languages: string[] = [];
  if (!existsSync(source)) return languages;
  try {
    mkdirSync(place, { recursive: true });
    for (const file of readdirSync(source)) {
      const language = readDictionaryName(file);
      if (language === null) continue;
      if (!existsSync(join(place, file))) copyFileSync(join(source, file), join(place, file));
      languages.push(language);
    }
  } catch (error) {
    // Who cannot be checked can still write.
    writeLog('dictionaries-not-placed', { error: describeError(error) });
  }
  return languages;
}
