import type { Place } from '../problem.ts';

/** A string of a script; without the extension `variables` only its literal text. */
export type Text = readonly (string | Reference)[];
export type Reference = { variable: string } | { match: number };

export type Value = Place &
  ({ kind: 'number'; number: number } | { kind: 'texts'; texts: readonly Text[]; list: boolean });

/** A test, action or other command that fits its definition: arguments in their places. */
export interface Call extends Place {
  name: string;
  /** By name without colon; null where a tag takes no value. */
  tags: ReadonlyMap<string, Value | null>;
  values: readonly Value[];
  tests: readonly Call[];
}

export type Command =
  | { kind: 'action'; call: Call }
  | { kind: 'if'; branches: readonly { test: Call | null; block: readonly Command[] }[] };

/** A script that was checked; plain data. */
export interface Script {
  commands: readonly Command[];
  /** The extensions that it requires. */
  requires: ReadonlySet<string>;
}

/** The literal text, null when variables are in it. */
export function readLiteral(text: Text | undefined): string | null {
  if (text === undefined || text.length === 0) return text === undefined ? null : '';
  return text.length === 1 && typeof text[0] === 'string' ? text[0] : null;
}
