import { useEffect, useLayoutEffect, useRef } from 'react';

/** Everything that a key can do (UI.md 3), as far as it exists. */
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
  | 'extend-next'
  | 'extend-previous'
  | 'move'
  | 'undo'
  | 'go-inbox'
  | 'go-sent'
  | 'go-drafts'
  | 'help'
  | 'send'
  | 'next-region'
  | 'previous-region'
  | 'sign-out';

type Handlers = Partial<Record<Command, () => void>>;
const stack: { handlers: Handlers }[] = [];

/** Offers commands while the component is shown; the innermost offer of a command wins. */
export function useCommands(handlers: Handlers): void {
  const offer = useRef<{ handlers: Handlers }>({ handlers: {} });
  useLayoutEffect(() => {
    offer.current.handlers = handlers;
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
  const handler = stack.findLast(({ handlers }) => handlers[command] !== undefined)?.handlers[command];
  if (handler === undefined) return false;
  handler();
  return true;
}
