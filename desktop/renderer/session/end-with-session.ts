import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AnyRouter } from '@trpc/server';
import { readSession } from './tokens.ts';

/**
 * A call that is under way when its session ends fails at that moment, whatever its answer will be: none of it may reach
 * the next person, and nobody waits for it any more. What it is to change the server may still do.
 */
export function endWithSession(): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const session = readSession();
        const running = next(op).subscribe(observer);
        const end = (): void => {
          if (op.type === 'subscription') running.unsubscribe();
          else observer.error(TRPCClientError.from(session.reason as Error));
        };
        session.addEventListener('abort', end);
        return () => {
          session.removeEventListener('abort', end);
          if (op.type !== 'mutation' || !session.aborted) running.unsubscribe();
        };
      });
}
