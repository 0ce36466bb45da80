import { useEffect, useLayoutEffect, useRef } from 'react';

/** Everything that a key can do, as far as it exists. */
export type Command =
  | 'next'
  | 'previous'
  | 'open'
  | 'back'
  | 'compose'
  | 'reply'
  | 'reply-all'
  | 'forward'
  | 'archive'
  | 'delete'
  | 'junk'
  | 'flag'
  | 'mark-read'
  | 'mark-unread'
  | 'select'
  | 'select-all'
  | 'extend-next'
  | 'extend-previous'
  | 'move'
  | 'label'
  | 'remind'
  | 'undo'
  | 'search'
  | 'go-inbox'
  | 'go-sent'
  | 'go-drafts'
  | 'help'
  | 'send'
  | 'next-region'
  | 'previous-region'
  | 'sign-out';

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

/** Runs a command; false when nothing on the screen offers it. */
export function runCommand(command: Command): boolean {
  const offers = stack.filter(({ handlers }) => handlers[command] !== undefined);
  const best =
    offers.findLast(({ when }) => when?.() === true) ?? offers.findLast(({ when }) => when === null);
  const handler = best?.handlers[command];
  if (handler === undefined) return false;
  handler();
  return true;
}
