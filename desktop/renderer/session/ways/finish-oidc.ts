import { profileServer } from '../clients.ts';
import { toProblem } from '../problem.ts';
import { describeClient, goOn } from '../session-actions.ts';
import { sessionStore } from '../session.ts';
import { tellProblem } from '../../shell/notices.ts';

/** Goes on after a provider's page, which has sent the browser back with these. */
export async function finishOidc(params: URLSearchParams): Promise<void> {
  const keep = params.get('keep');
  const remember = keep === 'remember';
  try {
    const ticket = params.get('ticket') ?? '';
    const input = { ticket, fromAddress: true, ...describeClient(keep === 'lab'), remember };
    await goOn(await profileServer().session.finishOidc.mutate(input), { remember, lab: keep === 'lab' });
  } catch (error) {
    tellProblem(toProblem(error));
  }
  // With a step to answer the screen for it is the sign-in's.
  if (sessionStore.get().phase === 'starting') sessionStore.set({ phase: 'signed-out', because: null });
}
