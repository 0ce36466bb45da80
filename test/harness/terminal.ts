import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { LAUNCHER } from './server-process.ts';

/** `script` of util-linux gives a command a terminal of its own and shows all that appears on it. */
const SCRIPT = '/usr/bin/script';
export const hasTerminal = existsSync(SCRIPT);

/** Runs `valija ARGS` at a terminal; each answer is typed once its question has appeared. What was shown, and the exit code. */
export async function runAtTerminal(
  args: string[],
  env: NodeJS.ProcessEnv,
  answers: [question: RegExp, answer: string][],
): Promise<{ shown: string; code: number | null }> {
  const command = [process.execPath, LAUNCHER, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn(SCRIPT, ['-qec', command, '/dev/null'], { env, stdio: 'pipe' });
  const left = [...answers];
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    if (left[0]?.[0].test(shown) === true) child.stdin.write(`${left.shift()?.[1]}\n`);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { shown, code };
}
