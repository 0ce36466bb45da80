import { chmodSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChildServer } from './child-server.ts';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';

/** A mail as smtp-sink wrote it down. */
export interface SinkMail {
  /** Arguments of MAIL and RCPT, such as `<a@x.test> SIZE=120`. */
  from: string;
  to: string[];
  /** Behind smtp-sink's own headers; line ends are LF. */
  message: string;
}

export interface SmtpSink {
  host: '127.0.0.1';
  port: number;
  mails(): SinkMail[];
  stop(): Promise<void>;
}

/** Postfix's smtp-sink on a free loopback port. `args`: such as `-r RCPT` (4xx), `-q DATA` (drops), `-f .` (5xx), `-w 5`. */
export async function startSmtpSink(options: { args?: string[]; port?: number } = {}): Promise<SmtpSink> {
  const directory = makeTempDir('sink');
  // smtp-sink refuses to work as root.
  chmodSync(directory.path, 0o777);
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const port = options.port ?? (await findFreePort());
  const server = await startChildServer(
    '/usr/sbin/smtp-sink',
    [...asNobody, ...(options.args ?? []), '-d', join(directory.path, '%M.'), `127.0.0.1:${port}`, '128'],
    port,
  );
  return {
    host: '127.0.0.1',
    port,
    mails: () =>
      readdirSync(directory.path)
        .map((name) => parseDump(readFileSync(join(directory.path, name), 'latin1')))
        .filter((mail) => mail.message !== ''),
    stop: async () => {
      await server.stop();
      directory.remove();
    },
  };
}

function parseDump(text: string): SinkMail {
  const lines = text.split('\n');
  const values = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  // Its Received field of three lines ends what it added.
  const received = lines.findIndex((line) => line.startsWith('Received: '));
  return {
    from: values('X-Mail-Args')[0] ?? '',
    to: values('X-Rcpt-Args'),
    message: received === -1 ? '' : lines.slice(received + 3).join('\n'),
  };
}
