import type { SyntaxNode } from '../language/grammar.ts';
import { pickRequires } from './pick-requires.ts';
import { readSource } from './read-source.ts';
import { writeRequire } from './write-script.ts';

/** UTF-16 units of a file that holds many rules. */
export const MAX_RULE_FILE = 4 * 1024 * 1024;

/** A rule as a .sieve file holds it. */
export interface RuleText {
  name: string;
  enabled: boolean;
  script: string;
}

/** As Roundcube writes it before each rule. */
const MARK = /^[ \t]*#[ \t]*rule:\[(.*)\][ \t]*\r?$/gm;
/** Roundcube's way to switch a rule off: its test is only a comment. */
const SWITCHED_OFF = /^(\s*(?:#[^\n]*\n\s*)*)if\s+false\s*#[ \t]*([^\r\n]+)/;

/**
 * The rules of a .sieve file: what follows a mark `# rule:[name]` up to the next, with what it has to require; a file
 * without marks is one rule called `name`. MailError `invalid` when the file does not fit the grammar.
 */
export function splitRules(source: string, name = 'Sieve'): RuleText[] {
  const nodes = readSource(source, MAX_RULE_FILE);
  const requires = nodes.filter((node) => node.name === 'require');
  const extensions = requires.flatMap((node) =>
    node.arguments.flatMap((argument) => (argument.kind === 'strings' ? argument.values : [])),
  );
  const commands = nodes.filter((node) => node.name !== 'require');
  const sections = cutSections(blank(source, requires), commands, name);
  return sections.map((section) => finishRule(section, extensions));
}

interface Section {
  name: string;
  text: string;
}

function cutSections(source: string, commands: readonly SyntaxNode[], name: string): Section[] {
  const marks = [...source.matchAll(MARK)].filter((mark) => standsBetween(mark.index, commands));
  const begins = [{ at: 0, textAt: 0, name }].concat(
    marks.map((mark) => ({
      at: mark.index,
      textAt: mark.index + mark[0].length,
      name: (mark[1] ?? '').trim() || name,
    })),
  );
  return begins.flatMap((begin, index) => {
    const end = begins[index + 1]?.at ?? source.length;
    const holds = commands.some(({ from }) => from >= begin.textAt && from < end);
    return holds ? [{ name: begin.name, text: source.slice(begin.textAt, end) }] : [];
  });
}

/** Not within a command, where it could be a line of a text, and not before an `else`, which belongs to what was before. */
function standsBetween(at: number, commands: readonly SyntaxNode[]): boolean {
  const next = commands.find(({ to }) => to > at);
  return next === undefined || (next.from > at && next.name !== 'elsif' && next.name !== 'else');
}

/** The source with these commands, which stand in their order, left out; all else in its place. */
function blank(source: string, nodes: readonly SyntaxNode[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to } of nodes) {
    pieces.push(source.slice(at, from), source.slice(from, to).replace(/[^\n]/g, ' '));
    at = to;
  }
  return pieces.join('') + source.slice(at);
}

function finishRule({ name, text }: Section, extensions: readonly string[]): RuleText {
  const off = readSwitchedOff(text);
  const body = tidy(off ?? text);
  return {
    name: name.slice(0, 200),
    enabled: off === null,
    script: writeRequire(pickRequires(body, extensions)) + body,
  };
}

/** What a rule that is switched off does when it is on; null when it is on. */
function readSwitchedOff(text: string): string | null {
  const commented = SWITCHED_OFF.exec(text);
  if (commented !== null) {
    const on = `${commented[1] ?? ''}if ${commented[2] ?? ''}${text.slice(commented[0].length)}`;
    if (fitsGrammar(on)) return on;
  }
  const [only, ...others] = readSource(text, MAX_RULE_FILE);
  if (only === undefined || others.length > 0 || only.name !== 'if' || only.block === null) return null;
  const [test] = only.tests;
  if (test?.name !== 'false' || test.arguments.length > 0) return null;
  const open = text.indexOf('{', only.from);
  return text.slice(0, only.from) + text.slice(open + 1, only.to - 1) + text.slice(only.to);
}

function fitsGrammar(text: string): boolean {
  try {
    readSource(text, MAX_RULE_FILE);
    return true;
  } catch {
    return false;
  }
}

/** Without empty lines at both ends, and without the indent that all lines have. */
function tidy(text: string): string {
  return `${text.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd()}\n`;
}
