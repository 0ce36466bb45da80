import { ACTIONS } from '../actions/actions.ts';
import { TESTS } from '../tests/tests.ts';
import type { Command, Call } from './call.ts';
import { bindCall } from './bind-call.ts';
import type { CheckContext } from './definition.ts';
import type { SyntaxNode } from './grammar.ts';

export type Binding = CheckContext;

type Branches = { test: Call | null; block: readonly Command[] }[];

/** The commands of a script or block, each fitted to its definition; problems are noted, what has them is left out. */
export function bindCommands(nodes: readonly SyntaxNode[], binding: Binding): Command[] {
  const commands: Command[] = [];
  let open: Branches | null = null;
  for (const node of nodes) {
    if (node.name === 'elsif' || node.name === 'else') {
      if (open === null) binding.refuse('misplaced-else', node, { name: node.name });
      const branch = bindBranch(node, binding);
      open?.push(branch);
      if (node.name === 'else') open = null;
      continue;
    }
    open = null;
    if (node.name === 'if') {
      open = [bindBranch(node, binding)];
      commands.push({ kind: 'if', branches: open });
    } else {
      const call = bindAction(node, binding);
      if (call !== null) commands.push({ kind: 'action', call });
    }
  }
  return commands;
}

function bindBranch(node: SyntaxNode, binding: Binding): Branches[number] {
  const { name } = node;
  const wanted = name === 'else' ? 0 : 1;
  if (node.arguments.length > 0 || node.tests.length !== wanted || node.testList) {
    binding.refuse('wrong-arguments', node, { name, expected: name === 'else' ? '{ … }' : 'test { … }' });
  }
  if (node.block === null) binding.refuse('needs-block', node, { name });
  const [condition] = node.tests;
  const test = condition === undefined ? null : bindTest(condition, binding);
  return { test, block: bindCommands(node.block ?? [], binding) };
}

function bindAction(node: SyntaxNode, binding: Binding): Call | null {
  const { name } = node;
  if (name === 'require') {
    binding.refuse('require-first', node);
    return null;
  }
  const definition = ACTIONS.get(name);
  if (definition === undefined) {
    binding.refuse('unknown-command', node, { name });
    return null;
  }
  if (node.block !== null) binding.refuse('no-block', node, { name });
  return bindCall(node, definition, binding, bindTest);
}

function bindTest(node: SyntaxNode, binding: Binding): Call | null {
  const definition = TESTS.get(node.name);
  if (definition === undefined) {
    binding.refuse('unknown-test', node, { name: node.name });
    return null;
  }
  return bindCall(node, definition, binding, bindTest);
}
