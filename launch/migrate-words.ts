import type { Language } from '../common/shapes/profile.ts';
import { fill } from '../command/words/words.ts';

const WORDS = {
  en: {
    rows: '{part}: {rows} rows copied',
    done: 'Copied and compared in {seconds} s. Start the servers with the new VALIJA_DATABASE; no server starts on the old database any more, its rows are as they were.',
  },
  es: {
    rows: '{part}: {rows} filas copiadas',
    done: 'Copiado y comparado en {seconds} s. Pon en marcha los servidores con el nuevo VALIJA_DATABASE; en la base anterior ya no se inicia ningún servidor, sus filas están como estaban.',
  },
} as const;

export function sayRows(part: string, rows: number, language: Language): string {
  return fill(WORDS[language].rows, { part, rows });
}

export function sayMigrated(seconds: string, language: Language): string {
  return fill(WORDS[language].done, { seconds });
}
