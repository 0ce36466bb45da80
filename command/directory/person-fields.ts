import type { PersonFields } from '../../common/shapes/directory.ts';
import type { Typed } from '../call.ts';

/** `--name-claim`, `--group-attribute` and the like; what was not typed is left to the server. */
export function readFields(typed: Typed, kind: 'claim' | 'attribute'): Partial<PersonFields> {
  const options = { name: 'name', displayName: 'display-name', email: 'email', group: 'group' } as const;
  const given = Object.entries(options).flatMap(([field, option]) => {
    const value = typed.text(`${option}-${kind}`);
    return value === undefined ? [] : [[field, value]];
  });
  return Object.fromEntries(given) as Partial<PersonFields>;
}
