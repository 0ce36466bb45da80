import { parseRoute } from '../../shell/parse-route.ts';
import { routeStore } from '../../shell/route.ts';
import { sessionStore, unfinishedStore } from '../session.ts';
import { resumeSession } from '../session-actions.ts';
import { finishOidc } from './finish-oidc.ts';
import { nameProgram } from './program.ts';

/** Goes on with what the address of this page was opened for, and holds no longer. */
export async function arrive(): Promise<void> {
  const [path, query] = location.hash.split('?');
  const params = new URLSearchParams(query);
  history.replaceState(null, '', location.pathname + location.search);
  routeStore.set(parseRoute(''));
  if (path === '#/signed-in') return await finishOidc(params);
  const program = params.get('for') ?? '';
  if (path !== '#/sign-in' || !/^[\w-]{43}$/.test(program)) return await resumeSession();
  const step = { step: 'program', ticket: program, number: await nameProgram(program) } as const;
  unfinishedStore.set({ step, remember: false, lab: false });
  // Whoever is signed in here stays so in other windows; this one is for the program.
  sessionStore.set({ phase: 'signed-out', because: null });
}
