import type { Call } from '../language/call.ts';
import type { CheckContext, TagRule } from '../language/definition.ts';

/** RFC 5260 6: which of several fields of a name. */
export const INDEX_TAGS: readonly TagRule[] = [
  { name: 'index', takes: 'number', extension: 'index' },
  { name: 'last', extension: 'index' },
];

/** `:last` counts from the end and means nothing alone; the first is 1. */
export function checkIndex({ tags, line, column }: Call, context: CheckContext): void {
  const index = tags.get('index');
  if (tags.has('last') && !tags.has('index')) {
    context.refuse('tag-needs-value', { line, column }, { tag: ':last → :index' });
  }
  if (index?.kind === 'number' && index.number === 0) {
    context.refuse('bad-value', index, { value: '0', allowed: '1 …' });
  }
}

/** All values, or the one that the call's tags name. */
export function pickIndexed({ tags }: Call, values: readonly string[]): readonly string[] {
  const index = tags.get('index');
  if (index?.kind !== 'number') return values;
  const at = tags.has('last') ? values.length - index.number : index.number - 1;
  return at >= 0 ? values.slice(at, at + 1) : [];
}
