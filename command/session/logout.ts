import { MailError } from '../../common/errors.ts';
import type { Call, Outcome } from '../call.ts';
import { makeProfileClient } from '../server/clients.ts';
import { ask } from '../server/connection.ts';
import { keepTokens } from '../server/kept-tokens.ts';
import { deleteSession, findSessionFile, readSession } from '../server/session-file.ts';

/** `logout`: ends the kept session on the server and deletes it here; a session that had ended already is no error. */
export async function run(call: Call): Promise<Outcome> {
  const file = findSessionFile(call.env);
  const kept = readSession(file);
  if (kept === null) return { value: { ended: null }, text: call.words().notSignedIn };
  call.setUserLanguage(kept.user.language);
  try {
    const profile = makeProfileClient(kept.server, keepTokens(file, kept).tokenOf('profile'));
    await ask(profile.session.signOut.mutate());
  } catch (error) {
    // Where the server cannot be reached the file stays: deleting it would leave a session that nobody can end from here.
    if (!(error instanceof MailError) || error.code !== 'not-signed-in') throw error;
  }
  deleteSession(file);
  return { value: { ended: kept.session }, text: call.words().signedOut };
}
