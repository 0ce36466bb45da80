import { profileServer } from '../clients.ts';
import { toProblem } from '../problem.ts';
import { describeClient, goOn } from '../session-actions.ts';
import { sessionStore } from '../session.ts';
import { tellProblem } from '../../shell/notices.ts';
import { parseRoute, routeStore } from '../../shell/route.ts';

/** Goes on after a provider's page: the address of this one holds the ticket, and holds it no longer. */
export async function finishOidc(): Promise<void> {
  const params = new URLSearchParams(location.hash.split('?')[1]);
  const keep = params.get('keep');
  const remember = keep === 'remember';
  history.replaceState(null, '', location.pathname + location.search);
  routeStore.set(parseRoute(''));
  try {
    const ticket = params.get('ticket') ?? '';
    const input = { ticket, fromAddress: true, ...describeClient(keep === 'lab'), remember };
    await goOn(await profileServer().session.finishOidc.mutate(input), remember);
  } catch (error) {
    tellProblem(toProblem(error));
  }
  // With a step to answer the screen for it is the sign-in's.
  if (sessionStore.get().phase === 'starting') sessionStore.set({ phase: 'signed-out', because: null });
}
