import { MailError } from '../../common/errors.ts';

/** How many at once, of one user and of all, and how many of one user may wait. */
export interface TurnLimits {
  each: number;
  all: number;
  waiting: number;
}

/** Lets work of users run a few at a time; a user with much to do does not hold up the others. */
export function makeTurns(limits: TurnLimits): <T>(user: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, number>();
  const queues = new Map<string, (() => void)[]>();
  let all = 0;

  const mayRun = (user: string): boolean => all < limits.all && (running.get(user) ?? 0) < limits.each;
  const begin = (user: string): void => {
    all += 1;
    running.set(user, (running.get(user) ?? 0) + 1);
  };
  const end = (user: string): void => {
    all -= 1;
    const left = (running.get(user) ?? 1) - 1;
    if (left === 0) running.delete(user);
    else running.set(user, left);
    for (const [next, queue] of queues) {
      if (!mayRun(next)) continue;
      const go = queue.shift();
      // Behind all others that wait.
      queues.delete(next);
      if (queue.length > 0) queues.set(next, queue);
      begin(next);
      go?.();
      return;
    }
  };
  return async (user, work) => {
    if (mayRun(user)) begin(user);
    else {
      const queue = queues.get(user) ?? [];
      if (queue.length >= limits.waiting) {
        throw new MailError('too-soon', 'too much is asked for at once', { reason: 'pictures' });
      }
      queues.set(user, queue);
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    try {
      return await work();
    } finally {
      end(user);
    }
  };
}
