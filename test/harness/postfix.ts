import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostfixInstance, type PostfixInstance } from './postfix-instance.ts';

export interface Postfix extends PostfixInstance {
  host: '127.0.0.1';
  /** What its programs logged so far. */
  readLog(): string;
}

/** A Postfix of its own that hands all mail to `next`, its own notices too, and looks at its queue each second. Needs root. `settings`: lines of main.cf. */
export async function startPostfix(next: { port: number }, settings: string[] = []): Promise<Postfix> {
  let log = '';
  const instance = await startPostfixInstance({
    hostname: 'provider.test',
    next: next.port,
    services: ['qmgr unix n - n 1 1 qmgr', 'postlog unix-dgram n - n - 1 postlogd'],
    settings: (directory) => {
      log = join(directory, 'log');
      return [`maillog_file = ${log}`, `maillog_file_prefixes = ${directory}`, ...settings];
    },
  });
  return {
    ...instance,
    host: '127.0.0.1',
    readLog: () => (existsSync(log) ? readFileSync(log, 'utf8') : ''),
  };
}
