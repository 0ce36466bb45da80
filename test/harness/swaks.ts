import { execFile } from 'node:child_process';

export interface SwaksRun {
  /** 0: the mail was taken. */
  code: number;
  /** Both sides, line by line, as it prints them. */
  said: string;
}

/** Debian's swaks as a user's mail program: one SMTP session against a loopback port. */
export async function runSwaks(port: number, args: readonly string[]): Promise<SwaksRun> {
  const all = ['--server', '127.0.0.1', '--port', String(port), '--timeout', '20', ...args];
  return await new Promise((resolve) => {
    execFile('/usr/bin/swaks', all, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, said: stdout + stderr });
    });
  });
}
