import type { SyntaxNode } from '../language/grammar.ts';
import { ACCOUNT_ITEM, ATTACHMENT_ITEM } from '../tests/environment.ts';
import { FIELDS } from './write-condition.ts';

/** What a test could be as a condition of the form; `readForm` compares whether it is. */
export function readCondition(node: SyntaxNode): unknown {
  const [inner] = node.tests;
  if (node.name === 'not' && inner !== undefined) return { ...(readCondition(inner) as object), not: true };
  const tags = node.arguments.flatMap((argument) => (argument.kind === 'tag' ? [argument.text] : []));
  const match = tags.find((tag) => tag !== 'text') ?? 'is';
  const lists = node.arguments.flatMap((argument) => (argument.kind === 'strings' ? [argument.values] : []));
  const [first = '', key = ''] = lists.map(([one = '']) => one);
  switch (node.name) {
    case 'size': {
      const limit = node.arguments.find((argument) => argument.kind === 'number');
      return { test: 'size', over: tags.includes('over'), bytes: limit?.value };
    }
    case 'environment':
      if (first === ATTACHMENT_ITEM) return { test: 'attachment', not: false };
      return first === ACCOUNT_ITEM ? { test: 'account', not: false, account: key } : null;
    case 'body':
      return { test: 'body', match, not: false, value: first };
    case 'exists':
      return { test: 'header', header: first, match: 'exists', not: false, value: '' };
    case 'address':
      return { test: findWord(lists[0]), match, not: false, value: key };
    case 'header': {
      const word = match === 'contains' ? findWord(lists[0]) : null;
      if (word !== null) return { test: word, match, not: false, value: key };
      if (first === 'subject' && key !== '') return { test: 'subject', match, not: false, value: key };
      return { test: 'header', header: first, match, not: false, value: key };
    }
    default:
      return null;
  }
}

/** What the form calls these header fields. */
function findWord(names: readonly string[] | undefined): string | null {
  const entry = Object.entries(FIELDS).find(([, fields]) => fields.join() === names?.join());
  return entry?.[0] ?? null;
}
