import { type Place, SieveFailure } from '../problem.ts';
import { SIEVE_LIMITS } from '../limits.ts';
import { type Token, TokenReader } from './tokens.ts';

export type Argument = Place &
  (
    | { kind: 'tag'; text: string }
    | { kind: 'number'; value: number }
    /** `list`: written in brackets. */
    | { kind: 'strings'; values: readonly string[]; list: boolean }
  );

/** A command or a test as it is written (RFC 5228 8.2). */
export interface SyntaxNode extends Place {
  name: string;
  arguments: readonly Argument[];
  tests: readonly SyntaxNode[];
  /** The tests stand in brackets. */
  testList: boolean;
  /** Null for tests and for commands that end with a semicolon. */
  block: readonly SyntaxNode[] | null;
  /** Where it stands in the script, in UTF-16 units; of tests the begin only. */
  from: number;
  to: number;
}

/** Reads a script by its grammar alone; SieveFailure at the first place that does not fit. */
export function readGrammar(source: string, limit: number = SIEVE_LIMITS.script): SyntaxNode[] {
  return new GrammarReader(source, limit).readScript();
}

class GrammarReader {
  readonly #tokens: TokenReader;
  #token: Token;
  /** Behind the token before. */
  #end = 0;

  constructor(source: string, limit: number) {
    this.#tokens = new TokenReader(source, limit);
    this.#token = this.#tokens.next();
  }

  readScript(): SyntaxNode[] {
    const commands = [];
    while (this.#token.kind !== 'end') commands.push(this.#readCommand(0));
    return commands;
  }

  #readCommand(depth: number): SyntaxNode {
    const head = this.#readHead(depth, 'command');
    if (this.#take(';')) return { ...head, to: this.#end };
    if (!this.#take('{')) throw this.#refuse(head.tests.length > 0 ? '{' : ';');
    if (depth >= SIEVE_LIMITS.nesting) throw new SieveFailure('too-deep', head);
    const block = [];
    while (!this.#take('}')) {
      if (this.#token.kind === 'end') throw this.#refuse('}');
      block.push(this.#readCommand(depth + 1));
    }
    return { ...head, block, to: this.#end };
  }

  #readHead(depth: number, expected: string): SyntaxNode {
    const name = this.#token;
    if (name.kind !== 'identifier') throw this.#refuse(expected);
    if (depth > SIEVE_LIMITS.nesting) throw new SieveFailure('too-deep', name);
    this.#step();
    const given: Argument[] = [];
    for (let next = this.#readArgument(); next !== null; next = this.#readArgument()) given.push(next);
    const testList = this.#take('(');
    const tests: SyntaxNode[] = [];
    if (testList) {
      do tests.push(this.#readHead(depth + 1, 'test'));
      while (this.#take(','));
      if (!this.#take(')')) throw this.#refuse(')');
    } else if (this.#token.kind === 'identifier') {
      tests.push(this.#readHead(depth + 1, 'test'));
    }
    const { line, column, from } = name;
    return { line, column, name: name.text, arguments: given, tests, testList, block: null, from, to: from };
  }

  #readArgument(): Argument | null {
    const token = this.#token;
    const { line, column } = token;
    if (token.kind === 'tag' || token.kind === 'number') {
      this.#step();
      return token.kind === 'tag'
        ? { line, column, kind: 'tag', text: token.text }
        : { line, column, kind: 'number', value: token.value };
    }
    if (token.kind === 'string') {
      this.#step();
      return { line, column, kind: 'strings', values: [token.value], list: false };
    }
    if (!this.#take('[')) return null;
    const values: string[] = [];
    do {
      const item: Token = this.#token;
      if (item.kind !== 'string') throw this.#refuse('string');
      values.push(item.value);
      this.#step();
    } while (this.#take(','));
    if (!this.#take(']')) throw this.#refuse(']');
    return { line, column, kind: 'strings', values, list: true };
  }

  #take(text: string): boolean {
    if (this.#token.kind !== 'mark' || this.#token.text !== text) return false;
    this.#step();
    return true;
  }

  #step(): void {
    this.#end = this.#token.to;
    this.#token = this.#tokens.next();
  }

  #refuse(expected: string): SieveFailure {
    return new SieveFailure('expected', this.#token, { expected, found: nameToken(this.#token) });
  }
}

function nameToken(token: Token): string {
  if (token.kind === 'end') return '∅';
  if (token.kind === 'number') return String(token.value);
  if (token.kind === 'string') return `"${token.value.slice(0, 30)}"`;
  return `${token.kind === 'tag' ? ':' : ''}${token.text}`;
}
