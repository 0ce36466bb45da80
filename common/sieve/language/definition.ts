import type { Run } from '../run.ts';
import type { Place, SieveCode, SieveProblem } from '../problem.ts';
import type { Call } from './call.ts';

/** `texts` takes a string or a list of them. */
export type ValueKind = 'text' | 'texts' | 'number';

export interface TagRule {
  name: string;
  /** What `require` must name for it. */
  extension?: string;
  takes?: ValueKind;
  /** Tags of one group exclude each other. */
  group?: string;
}

/** What a test or an action takes. */
export interface Definition {
  /** What `require` must name for it; absent for what RFC 5228 has without. */
  extension?: string;
  tags?: readonly TagRule[];
  /** The rows of positional arguments that are possible; by default none. */
  takes?: readonly (readonly ValueKind[])[];
  tests?: 'one' | 'many';
  /** What else must hold; only what does not hang on variables. */
  check?(call: Call, context: CheckContext): void;
}

export interface CheckContext {
  requires: ReadonlySet<string>;
  /** Paths of the mailboxes that are there; null when nobody knows. */
  mailboxes: readonly string[] | null;
  /** Notes a problem and goes on. */
  refuse(code: SieveCode, at: Place, params?: SieveProblem['params']): void;
}

export interface TestDefinition extends Definition {
  evaluate(call: Call, run: Run): boolean;
}

export interface ActionDefinition extends Definition {
  perform(call: Call, run: Run): void;
}
