import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Every command, with the keys it has until somebody chooses others (`nameKey` in keys.ts says how keys are written; `g i`
 * is one after the other). Keys, palette, help, settings and tooltips read from here. A new one needs a title in
 * text/<language>/commands.ts and a place in help/command-groups.ts; it is usable while something on the screen offers it.
 */
export const COMMANDS = {
  next: ['j'],
  previous: ['k'],
  open: ['o'],
  back: ['Escape', 'u'],
  compose: ['c'],
  reply: ['r'],
  'reply-all': ['a'],
  forward: ['f'],
  archive: ['e'],
  delete: ['#', 'Delete'],
  junk: ['!'],
  flag: ['s'],
  'mark-read': ['I'],
  'mark-unread': ['U'],
  select: ['x'],
  'select-all': ['*'],
  'extend-next': ['J'],
  'extend-previous': ['K'],
  move: ['v'],
  label: ['l'],
  snooze: ['b'],
  remind: ['h'],
  undo: ['z'],
  print: ['Mod+p'],
  search: ['/'],
  check: [],
  'go-inbox': ['g i'],
  'go-sent': ['g s'],
  'go-drafts': ['g d'],
  contacts: ['g c'],
  settings: ['g p'],
  admin: [],
  'add-account': [],
  palette: ['Mod+k'],
  help: ['?'],
  send: ['Mod+Enter'],
  'send-later': [],
  attach: [],
  picture: [],
  template: [],
  'own-window': [],
  discard: [],
  'next-region': ['F6'],
  'previous-region': ['Shift+F6'],
  'sign-out': ['Mod+Shift+q'],
} as const satisfies Record<string, readonly string[]>;
export type Command = keyof typeof COMMANDS;

type Handlers = Partial<Record<Command, () => void>>;
interface Offer {
  handlers: Handlers;
  /** Null: holds always. */
  when: (() => boolean) | null;
}
const stack: Offer[] = [];

/**
 * Offers commands while the component is shown; the innermost offer of a command wins. One with a condition, such as where
 * the focus is, comes before all others while that holds and is none else.
 */
export function useCommands(handlers: Handlers, when: (() => boolean) | null = null): void {
  const offer = useRef<Offer>({ handlers: {}, when: null });
  useLayoutEffect(() => {
    offer.current.handlers = handlers;
    offer.current.when = when;
  });
  useEffect(() => {
    const own = offer.current;
    stack.push(own);
    return () => {
      stack.splice(stack.indexOf(own), 1);
    };
  }, []);
}

/** What a command does now; undefined when nothing on the screen offers it. */
export function findHandler(command: Command): (() => void) | undefined {
  const offers = stack.filter(({ handlers }) => handlers[command] !== undefined);
  const best =
    offers.findLast(({ when }) => when?.() === true) ?? offers.findLast(({ when }) => when === null);
  return best?.handlers[command];
}

/** Runs a command; false when nothing on the screen offers it. */
export function runCommand(command: Command): boolean {
  const handler = findHandler(command);
  handler?.();
  return handler !== undefined;
}
