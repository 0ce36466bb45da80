import type { SignIn, SignInStep } from '../../../../common/shapes/session.ts';
import { profileServer } from '../clients.ts';
import type { Problem } from '../problem.ts';
import { useRun } from '../use-run.ts';
import { explainPasskey } from './passkey.ts';

type AnswerInput = Parameters<ReturnType<typeof profileServer>['session']['answer']['mutate']>[0];

/** How a step is answered: `send` takes what is typed, or what makes it, such as a passkey. */
export function useAnswer(
  ticket: string,
  onAnswer: (answer: SignIn | SignInStep) => Promise<void>,
): {
  busy: boolean;
  problem: Problem | null;
  send: (make: () => Promise<Omit<AnswerInput, 'ticket'>>) => Promise<void>;
  /** Another way on than the answer; what goes wrong is shown like what is wrong with one. */
  run: (work: () => Promise<unknown>) => Promise<void>;
} {
  const { busy, problem, run } = useRun(explainPasskey);
  const send = async (make: () => Promise<Omit<AnswerInput, 'ticket'>>): Promise<void> =>
    await run(async () => {
      const given = await make();
      await onAnswer(await profileServer().session.answer.mutate({ ticket, ...given }));
    });
  return { busy, problem, send, run };
}
