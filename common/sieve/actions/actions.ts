import type { ActionDefinition } from '../language/definition.ts';
import { flagActions } from './flags.ts';
import { redirectActions } from './redirect.ts';
import { setActions } from './set.ts';
import { storeActions } from './store.ts';
import { vacationActions } from './vacation.ts';

/** Every action, and every other command but `require` and `if`, by its name. */
export const ACTIONS: ReadonlyMap<string, ActionDefinition> = new Map(
  Object.entries({ ...storeActions, ...redirectActions, ...flagActions, ...setActions, ...vacationActions }),
);
