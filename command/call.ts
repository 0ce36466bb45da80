import type { Language } from '../common/shapes/profile.ts';
import type { Connection } from './server/connection.ts';
import type { Words } from './words/words.ts';

/** What was typed after the command, checked against its table entry. */
export interface Typed {
  words: string[];
  text(name: string): string | undefined;
  texts(name: string): string[];
  has(name: string): boolean;
}

/** What a command gets to work with. */
export interface Call {
  typed: Typed;
  env: NodeJS.ProcessEnv;
  json: boolean;
  /** In the order VALIJA_LANGUAGE, the signed-in user's, LC_ALL/LANG: settled once `connect` has answered. */
  language(): Language;
  words(): Words;
  setUserLanguage(language: Language): void;
  /** Signs in (VALIJA_USER and VALIJA_PASSWORD, else the kept session); the session of a single command ends with it. */
  connect(): Promise<Connection>;
  /** A line for people on stderr. */
  note(line: string): void;
}

/** What a command has to say: `value` for --json, `text` for people. `raw` commands have written their bytes themselves. */
export interface Outcome {
  value: unknown;
  text: string;
  /** Set when the value is worth printing although the command failed (check, account test). */
  error?: Error;
}

export type Run = (call: Call) => Promise<Outcome | null>;
