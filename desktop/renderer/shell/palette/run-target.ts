import { storageServer } from '../../session/clients.ts';
import { forgetWithSession } from '../../session/forget.ts';
import type { Command } from '../commands.ts';
import { goTo, openSearch } from '../route.ts';
import type { Target } from './list-targets.ts';

/** Ids of what was picked in this window, the last first. */
let used: readonly string[] = [];
forgetWithSession(() => (used = []));
const MOST_USED = 5;

/** What was picked lately stands first, while nothing is typed. */
export function putUsedFirst(targets: readonly Target[]): Target[] {
  const first = used.flatMap((id) => targets.filter((target) => target.id === id));
  return [...first, ...targets.filter(({ id }) => !used.includes(id))];
}

/** Does what was picked. `find`: what each command did when the palette was opened. */
export function runTarget({ id, does }: Target, find: (command: Command) => (() => void) | undefined): void {
  if ('finds' in does) {
    openSearch(does.finds);
    // Only a convenience: a search works whether it is remembered or not.
    storageServer()
      .search.remember.mutate({ query: does.finds })
      .catch(() => undefined);
    return;
  }
  used = [id, ...used.filter((one) => one !== id)].slice(0, MOST_USED);
  if ('goes' in does) goTo(does.goes);
  else find(does.command)?.();
}
