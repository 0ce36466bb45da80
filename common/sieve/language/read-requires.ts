import { EXTENSIONS } from '../extensions.ts';
import type { Place, SieveProblem } from '../problem.ts';
import type { SyntaxNode } from './grammar.ts';

const REFUSED: Readonly<Record<string, 'no-regex' | 'no-reject'>> = {
  regex: 'no-regex',
  reject: 'no-reject',
  ereject: 'no-reject',
};

/** The `require` commands at the begin of a script (RFC 5228 3.2), and what follows them. */
export function readRequires(
  nodes: readonly SyntaxNode[],
  errors: SieveProblem[],
): { requires: Set<string>; rest: readonly SyntaxNode[] } {
  const requires = new Set<string>();
  const first = nodes.findIndex((node) => node.name !== 'require');
  const count = first < 0 ? nodes.length : first;
  for (const node of nodes.slice(0, count)) {
    const [list, ...more] = node.arguments;
    if (list?.kind !== 'strings' || more.length > 0 || node.tests.length > 0 || node.block !== null) {
      errors.push(makeProblem('wrong-arguments', node, { name: 'require', expected: '"…" / ["…", "…"]' }));
      continue;
    }
    for (const extension of list.values) {
      if (EXTENSIONS.has(extension)) requires.add(extension);
      else errors.push(makeProblem(REFUSED[extension] ?? 'unknown-extension', list, { extension }));
    }
  }
  return { requires, rest: nodes.slice(count) };
}

function makeProblem(
  code: SieveProblem['code'],
  { line, column }: Place,
  params: SieveProblem['params'],
): SieveProblem {
  return { code, line, column, params };
}
