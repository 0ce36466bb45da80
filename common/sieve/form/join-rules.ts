import { quote, writeRequire } from './write-script.ts';
import { SIEVE_LIMITS } from '../limits.ts';
import { readSource } from './read-source.ts';
import type { RuleText } from './split-rules.ts';

/** Stands for the dollar sign in texts that mean no variable. */
const DOLLAR = 'valija_dollar';

interface Piece {
  rule: RuleText;
  requires: string[];
  body: string;
}

/**
 * One script that does what the rules do one after the other, each behind its mark `# rule:[name]`, those that are
 * switched off inside `if false`. MailError `invalid` when a rule does not fit the grammar.
 */
export function joinRules(rules: readonly RuleText[]): string {
  const pieces = rules.map(readPiece);
  const extensions = new Set(pieces.flatMap(({ requires }) => requires));
  const bodies = pieces.map((piece) => protectTexts(piece, extensions));
  const sections = pieces.map(({ rule }, index) => {
    const name = rule.name.replace(/[\r\n]+/g, ' ');
    const body = bodies[index] ?? '';
    return `# rule:[${name}]\n${rule.enabled ? body : `if false {\n${body}}\n`}`;
  });
  return [writeRequire([...extensions].sort()), ...sections].filter((text) => text !== '').join('\n');
}

function readPiece(rule: RuleText): Piece {
  const requires = readSource(rule.script, SIEVE_LIMITS.script).filter(({ name }) => name === 'require');
  const names = requires.flatMap((node) =>
    node.arguments.flatMap((argument) => (argument.kind === 'strings' ? argument.values : [])),
  );
  let body = rule.script;
  for (const { from, to } of requires.toReversed()) body = body.slice(0, from) + body.slice(to);
  return { rule, requires: names, body: `${body.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd()}\n` };
}

/** Where other rules require variables or encoded characters, a rule that does not must keep its `${` as they are. */
function protectTexts({ requires, body }: Piece, extensions: Set<string>): string {
  const pattern = requires.includes('variables') ? /\$\{(?=hex:|unicode:)/gi : /\$\{/g;
  const meant =
    requires.includes('variables') &&
    (requires.includes('encoded-character') || !extensions.has('encoded-character'));
  const changed = extensions.has('variables') || extensions.has('encoded-character');
  if (meant || !changed || !body.includes('${') || requires.includes('encoded-character')) return body;
  const safe = body.replace(pattern, `\${${DOLLAR}}{`);
  if (safe === body) return body;
  extensions.add('variables');
  return `set ${quote(DOLLAR)} "$";\n${safe}`;
}
