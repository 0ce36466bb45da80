import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Call } from './call.ts';
import { makeUsageError } from './failure.ts';

/** Name and password from the environment (and NAME as typed), else asked for; MailError usage without a terminal. */
export async function askSignIn(call: Call, typedName?: string): Promise<{ name: string; password: string }> {
  const words = call.words();
  const known = call.env['VALIJA_PASSWORD'];
  const name = typedName ?? (call.env['VALIJA_USER'] || (await askLine(`${words.userName}: `, true)));
  const password = known === undefined || known === '' ? await askLine(`${words.password}: `, false) : known;
  return { name, password };
}

/** A new password, asked for twice; MailError usage where the two differ or there is no terminal. */
export async function askNewPassword(call: Call): Promise<string> {
  const words = call.words();
  const chosen = await askLine(`${words.passwordNew}: `, false);
  if ((await askLine(`${words.passwordAgain}: `, false)) !== chosen) throw makeUsageError('passwords-differ');
  return chosen;
}

/** Asks on the terminal; what is typed is not shown unless `echo`. The question goes to stderr, stdout stays the command's. */
export async function askLine(question: string, echo: boolean): Promise<string> {
  if (!process.stdin.isTTY) throw makeUsageError('no-terminal');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: echo ? process.stderr : silent,
    terminal: true,
  });
  // Only now: the terminal has stopped showing what is typed, also by somebody who types ahead of the question.
  process.stderr.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
      lines.once('close', () => reject(makeUsageError('no-terminal')));
    });
  } finally {
    lines.close();
    if (!echo) process.stderr.write('\n');
  }
}
