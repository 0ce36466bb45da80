import { hostname } from 'node:os';
import { MailError } from '../../common/errors.ts';
import type { Call, Outcome } from '../call.ts';
import { makeProfileClient, noToken } from '../server/clients.ts';
import { ask, findServer } from '../server/connection.ts';
import { formatRecovery } from '../security/format-recovery.ts';
import { answerSteps } from '../server/answer-steps.ts';
import { keepHere } from '../server/keep-here.ts';
import {
  deleteSession,
  findSessionFile,
  readSession,
  withSessionLock,
  writeSession,
} from '../server/session-file.ts';
import { askSignIn } from '../terminal.ts';
import { fill } from '../words/words.ts';

/** `login`: keeps a session for the commands that follow; one that was kept before is ended. */
export async function run(call: Call): Promise<Outcome> {
  const server = findServer(call.env);
  const { name, password } = await askSignIn(call, call.typed.words[0]);
  const open = makeProfileClient(server, noToken);
  const client = `valija @ ${hostname()}`.slice(0, 200);
  const input = { name, password, client, remember: true };
  const made = await answerSteps(call, open, await ask(open.session.signIn.mutate(input)), true);
  const { user, session, refreshToken, home, tokens } = made;
  if (refreshToken === null) throw new Error('the server gave no refresh token');
  if (session.lab !== null) {
    // It would stand in a file.
    await endQuietly(server, tokens.profile);
    throw new MailError('forbidden', 'lab sessions are kept nowhere', { reason: 'lab-only' });
  }
  call.setUserLanguage(user.language);
  const file = findSessionFile(call.env);
  await withSessionLock(file, async () => {
    const before = readSession(file);
    if (before !== null) await endQuietly(before.server, before.tokens.profile, before.refreshToken);
    deleteSession(file);
    writeSession(file, { server, session: session.id, refreshToken, user, ...keepHere(made, Date.now()) });
  });
  const said = fill(call.words().signedIn, { name: user.name });
  const { recovery } = made;
  if (recovery === undefined) return { value: { user, home, session }, text: said };
  return { value: { user, home, session, recovery }, text: `${said}\n${formatRecovery(call, recovery)}` };
}

/** Best effort: the old session may have ended long ago, or its server may be gone. Its access token has often run out. */
async function endQuietly(server: string, token: string, refreshToken?: string): Promise<void> {
  const profile = makeProfileClient(server, async (fresh) => {
    if (!fresh) return token;
    if (refreshToken === undefined) return null;
    const open = makeProfileClient(server, noToken);
    return (await open.session.refresh.mutate({ refreshToken })).tokens.profile;
  });
  await profile.session.signOut.mutate().catch(() => undefined);
}
