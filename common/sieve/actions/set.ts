import { checkVariable } from '../flags.ts';
import type { ActionDefinition } from '../language/definition.ts';

const MODIFIERS: readonly { name: string; precedence: number; modify(value: string): string }[] = [
  {
    name: 'lower',
    precedence: 40,
    modify: (value) => value.replace(/[A-Z]+/g, (text) => text.toLowerCase()),
  },
  {
    name: 'upper',
    precedence: 40,
    modify: (value) => value.replace(/[a-z]+/g, (text) => text.toUpperCase()),
  },
  {
    name: 'lowerfirst',
    precedence: 30,
    modify: (value) => changeFirst(value, /^[A-Z]/, (one) => one.toLowerCase()),
  },
  {
    name: 'upperfirst',
    precedence: 30,
    modify: (value) => changeFirst(value, /^[a-z]/, (one) => one.toUpperCase()),
  },
  { name: 'quotewildcard', precedence: 20, modify: (value) => value.replace(/[*?\\]/g, '\\$&') },
  { name: 'length', precedence: 10, modify: (value) => String(Array.from(value).length) },
];

/** What a character costs, in characters looked at. */
const MODIFYING = 4;

/** RFC 5229 4; the modifiers of the highest precedence come first, and those of one exclude each other. */
export const setActions: Record<string, ActionDefinition> = {
  set: {
    extension: 'variables',
    tags: MODIFIERS.map(({ name, precedence }) => ({ name, group: String(precedence) })),
    takes: [['text', 'text']],
    check: (call, context) => checkVariable(call.values[0], context),
    perform(call, run) {
      const [name = ''] = run.fillAll(call.values[0]);
      let [value = ''] = run.fillAll(call.values[1]);
      for (const modifier of MODIFIERS) {
        if (!call.tags.has(modifier.name)) continue;
        run.spend(value.length * MODIFYING);
        value = modifier.modify(value);
      }
      run.setVariable(name, value);
    },
  },
};

function changeFirst(value: string, pattern: RegExp, change: (one: string) => string): string {
  return value.replace(pattern, change);
}
