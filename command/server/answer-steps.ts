import { MailError } from '../../common/errors.ts';
import { isSignInStep, type SignIn, type SignInStep } from '../../common/shapes/session.ts';
import type { Call } from '../call.ts';
import { askLine, askNewPassword } from '../terminal.ts';
import { showTotp } from '../security/show-totp.ts';
import type { ProfileClient } from './clients.ts';
import { ask } from './connection.ts';
import { demandSession } from './demand-session.ts';

/** What `session.answer` takes beside the ticket. */
interface StepAnswer {
  totp?: string;
  recovery?: string;
  newPassword?: string;
}

/**
 * Goes on with a sign-in until there is a session: each step is answered from the environment, else, where `asks`, at the
 * terminal. MailError `not-signed-in` says what is missing and how to give it.
 */
export async function answerSteps(
  call: Call,
  open: ProfileClient,
  begun: SignIn | SignInStep,
  asks: boolean,
): Promise<SignIn> {
  let current = begun;
  const asked = new Set<string>();
  while (isSignInStep(current)) {
    const answer =
      readAnswer(call.env, current, asked) ??
      (asks && process.stdin.isTTY ? await askAnswer(call, current) : null);
    if (answer === null) return demandSession(current);
    asked.add(current.step);
    const { ticket } = current;
    current = await ask(open.session.answer.mutate({ ticket, ...answer }));
  }
  return current;
}

/** Each value of the environment is tried once. */
function readAnswer(
  env: NodeJS.ProcessEnv,
  { step }: SignInStep,
  asked: ReadonlySet<string>,
): StepAnswer | null {
  if (asked.has(step)) return null;
  const [totp, recovery, newPassword] = [
    env['VALIJA_TOTP'],
    env['VALIJA_RECOVERY'],
    env['VALIJA_PASSWORD_NEW'],
  ];
  if (step === 'second-factor' && totp) return { totp };
  if (step === 'second-factor' && recovery) return { recovery };
  if (step === 'change-password' && newPassword) return { newPassword };
  return null;
}

async function askAnswer(call: Call, step: SignInStep): Promise<StepAnswer | null> {
  const words = call.words();
  if (step.step === 'change-password') {
    call.note(words[`mustChange/${step.reason}`]);
    return { newPassword: await askNewPassword(call) };
  }
  if (step.step === 'set-up-factor') {
    call.note(words.factorDemanded);
    showTotp(call, step.totp);
    return { totp: await askLine(`${words.firstCode}: `, true) };
  }
  if (step.step !== 'second-factor') return null;
  if (!step.methods.includes('totp') && !step.methods.includes('recovery')) {
    throw new MailError('not-signed-in', 'only passkeys', { reason: 'passkey-only' });
  }
  const typed = await askLine(`${words.factorCode}: `, true);
  return /^[\d\s]+$/.test(typed) ? { totp: typed } : { recovery: typed };
}
