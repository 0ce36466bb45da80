import { spawn } from 'node:child_process';
import { MailError } from '../../../common/errors.ts';
import { SECOND } from '../../../common/time.ts';

const LONGEST: number = 30 * SECOND;
const MOST_BYTES = 4096;

/**
 * What a command prints, run by the shell: its standard output alone, which nobody logs. MailError `unavailable`
 * (`master-key-command`) when it fails, prints too much, or takes longer than 30 s.
 */
export async function runKeyCommand(command: string, longest: number = LONGEST): Promise<string> {
  return await new Promise((resolve, reject) => {
    // A group of its own, so that what the shell starts ends with it.
    const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (why: string): void => {
      clearTimeout(timer);
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
      reject(
        new MailError('unavailable', `the command of the master key ${why}`, {
          reason: 'master-key-command',
          params: { why },
        }),
      );
    };
    const timer = setTimeout(() => fail(`took longer than ${longest / SECOND} s`), longest);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) fail('printed too much');
      else chunks.push(chunk);
    });
    child.once('error', () => fail('could not be started'));
    child.once('close', (code) => {
      if (code !== 0) return fail(`ended with ${code ?? 'a signal'}`);
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}
