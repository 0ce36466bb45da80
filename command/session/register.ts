import { isSignInStep } from '../../common/shapes/session.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { formatRecovery } from '../security/format-recovery.ts';
import { answerSteps } from '../server/answer-steps.ts';
import { makeProfileClient, noToken } from '../server/clients.ts';
import { ask, findServer } from '../server/connection.ts';
import { askLine, askSignIn } from '../terminal.ts';
import { fill } from '../words/words.ts';

/** `register`: makes the user; the session that comes with it is ended at once, `login` keeps one. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const { name, password } = await askSignIn(call, typed.words[0]);
  if (!call.env['VALIJA_PASSWORD']) await confirmPassword(call, password);
  const setupCode = typed.text('setup-code');
  const invite = typed.text('invite');
  const server = findServer(call.env);
  const open = makeProfileClient(server, noToken);
  const begun = await ask(
    open.session.register.mutate({
      name,
      password,
      language: call.language(),
      client: 'valija',
      ...(setupCode === undefined ? {} : { setupCode }),
      ...(invite === undefined ? {} : { invite }),
    }),
  );
  // Where a second factor is demanded it is set up here, or without a terminal at the first sign-in: the user is there now.
  if (isSignInStep(begun) && !process.stdin.isTTY) return sayRegistered(call, begun.registered);
  const { user, tokens, recovery } = await answerSteps(call, open, begun, true);
  await makeProfileClient(server, async () => tokens.profile)
    .session.signOut.mutate()
    .catch(() => undefined);
  const { value, text } = sayRegistered(call, user);
  if (recovery === undefined) return { value, text };
  return { value: { ...value, recovery }, text: `${text}\n${formatRecovery(call, recovery)}` };
}

function sayRegistered(
  call: Call,
  { id, name, admin }: { id: string; name: string; admin: boolean },
): { value: { user: { id: string; name: string; admin: boolean } }; text: string } {
  const said = admin ? call.words().registeredAdmin : call.words().registered;
  return { value: { user: { id, name, admin } }, text: fill(said, { name }) };
}

async function confirmPassword(call: Call, password: string): Promise<void> {
  const again = await askLine(`${call.words().passwordAgain}: `, false);
  if (again !== password) throw makeUsageError('passwords-differ');
}
