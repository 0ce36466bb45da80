import type { Call, Text, Value } from './call.ts';
import type { CheckContext, Definition, TagRule, ValueKind } from './definition.ts';
import type { Argument, SyntaxNode } from './grammar.ts';
import { readText } from './read-text.ts';

type BindTest = (node: SyntaxNode, context: CheckContext) => Call | null;

/** Fits what is written to what the definition takes (RFC 5228 2.6); null when that is impossible, which is then noted. */
export function bindCall(
  node: SyntaxNode,
  definition: Definition,
  context: CheckContext,
  bindTest: BindTest,
): Call | null {
  const { name, line, column } = node;
  const { extension } = definition;
  if (extension !== undefined && !context.requires.has(extension)) {
    context.refuse('not-required', node, { name, extension });
    return null;
  }
  const read = readTags(node, definition, context);
  if (read === null) return null;
  const values = fitValues(read.rest, definition, context);
  const tests = node.tests.map((test) => bindTest(test, context)).filter((test) => test !== null);
  const wanted = definition.tests ?? 'none';
  const fits =
    wanted === 'many'
      ? node.testList
      : wanted === 'one'
        ? node.tests.length === 1 && !node.testList
        : node.tests.length === 0 && !node.testList;
  if (values === null || !fits) {
    context.refuse('wrong-arguments', node, { name, expected: describeTakes(name, definition) });
    return null;
  }
  const call: Call = { name, line, column, tags: read.tags, values, tests };
  definition.check?.(call, context);
  return call;
}

function readTags(
  node: SyntaxNode,
  definition: Definition,
  context: CheckContext,
): { tags: Map<string, Value | null>; rest: Argument[] } | null {
  const tags = new Map<string, Value | null>();
  const groups = new Map<string, string>();
  const rest: Argument[] = [];
  const given = node.arguments;
  for (let at = 0; at < given.length; at++) {
    const argument = given[at]!;
    if (argument.kind !== 'tag') {
      rest.push(argument);
      continue;
    }
    const rule = findTag(definition, argument.text, context);
    const tag = `:${argument.text}`;
    if (rule === undefined) {
      context.refuse('unknown-tag', argument, { tag, name: node.name });
      return null;
    }
    const before = groups.get(rule.group ?? rule.name);
    if (before !== undefined) {
      if (before === tag) context.refuse('tag-twice', argument, { tag });
      else context.refuse('tags-exclude', argument, { tag, other: before });
      return null;
    }
    groups.set(rule.group ?? rule.name, tag);
    if (rule.takes === undefined) {
      tags.set(rule.name, null);
      continue;
    }
    const next = given[at + 1];
    const value = next === undefined ? null : fitValue(next, rule.takes, context);
    if (value === null) {
      context.refuse('tag-needs-value', argument, { tag });
      return null;
    }
    at++;
    tags.set(rule.name, value);
  }
  return { tags, rest };
}

/** The rule of a tag whose extension is required. */
function findTag(definition: Definition, name: string, context: CheckContext): TagRule | undefined {
  return definition.tags?.find(
    (rule) => rule.name === name && (rule.extension === undefined || context.requires.has(rule.extension)),
  );
}

function fitValues(rest: Argument[], definition: Definition, context: CheckContext): Value[] | null {
  const row = (definition.takes ?? [[]]).find((kinds) => kinds.length === rest.length);
  if (row === undefined) return null;
  const values = rest.map((argument, at) => fitValue(argument, row[at]!, context));
  return values.every((value) => value !== null) ? values : null;
}

function fitValue(argument: Argument, kind: ValueKind, context: CheckContext): Value | null {
  const { line, column } = argument;
  if (argument.kind === 'tag') return null;
  if (argument.kind === 'number') {
    return kind === 'number' ? { line, column, kind: 'number', number: argument.value } : null;
  }
  if (kind === 'number' || (kind === 'text' && argument.list)) return null;
  const rules = {
    variables: context.requires.has('variables'),
    encodedCharacter: context.requires.has('encoded-character'),
  };
  const texts: Text[] = argument.values.map((literal) =>
    readText(
      literal,
      rules,
      (name) => context.refuse('bad-variable', argument, { name }),
      (code) =>
        context.refuse('bad-character', argument, { character: `U+${code.toUpperCase().slice(0, 12)}` }),
    ),
  );
  return { line, column, kind: 'texts', texts, list: argument.list };
}

const SHOWN: Record<ValueKind, string> = { text: '"…"', texts: '["…"]', number: '1' };

function describeTakes(name: string, definition: Definition): string {
  const rows = (definition.takes ?? [[]]).map((row) => row.map((kind) => SHOWN[kind]).join(' '));
  const tests = definition.tests === 'many' ? '(test, test)' : definition.tests === 'one' ? 'test' : '';
  return rows.map((row) => [name, row, tests].filter((piece) => piece !== '').join(' ')).join(' / ');
}
