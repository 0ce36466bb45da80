import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTempDir } from './tempdir.ts';

/** What Pigeonhole's `sieve-test` would do with a mail: `refused` is a script that does not compile, `failed` one that broke off. */
export interface SieveAnswer {
  does: string;
  /** What it said on stderr. */
  said: string;
}

export interface SieveTester {
  /** An empty `from` has to be the mail's Return-Path: no option can say it. */
  ask(script: string, mail: Buffer, envelope: { from: string; to: string }): Promise<SieveAnswer>;
  remove(): void;
}

/** Runs `sieve-test` of Debian's dovecot-sieve, each time on files of its own. */
export function makeSieveTester(): SieveTester {
  const dir = makeTempDir('sieve');
  const root = process.getuid?.() === 0;
  // As root it becomes the mail user, who has to get at the files.
  if (root) chmodSync(dir.path, 0o777);
  const config = join(dir.path, 'dovecot.conf');
  writeFileSync(
    config,
    [
      'protocols =',
      `mail_home = ${dir.path}/home`,
      `mail_location = maildir:${dir.path}/home/mail`,
      `mail_uid = ${root ? 'nobody' : process.getuid?.()}`,
      `mail_gid = ${root ? 'nogroup' : process.getgid?.()}`,
      ...(root ? [] : ['first_valid_uid = 1', 'first_valid_gid = 1']),
      'log_path = /dev/stderr',
      'plugin {',
      '  sieve_extensions = +vacation-seconds',
      '  sieve_vacation_min_period = 1s',
      '  sieve_user_log = /dev/stderr',
      '}',
      '',
    ].join('\n'),
  );
  let count = 0;
  return {
    ask(script, mail, { from, to }) {
      const name = join(dir.path, String(++count));
      writeFileSync(`${name}.sieve`, script, 'utf8');
      writeFileSync(`${name}.eml`, mail);
      const words = [
        '-C',
        '-c',
        config,
        ...(from === '' ? [] : ['-f', from]),
        '-a',
        to,
        '-r',
        to,
        `${name}.sieve`,
        `${name}.eml`,
      ];
      return new Promise((resolve) => {
        execFile('sieve-test', words, { timeout: 30_000, encoding: 'utf8' }, (_error, stdout, stderr) => {
          resolve(readAnswer(stdout, stderr));
        });
      });
    },
    remove: dir.remove,
  };
}

function readAnswer(stdout: string, stderr: string): SieveAnswer {
  if (/failed to compile/.test(stderr)) return { does: 'refused', said: stderr };
  if (!stdout.includes('Implicit keep:')) return { does: 'failed', said: stderr };
  return { does: readActions(stdout).join('; '), said: stderr };
}

/** The printed list, as `describeActions` writes ours. */
function readActions(printed: string): string[] {
  const actions: string[] = [];
  let implicit = false;
  const messages = printed.split(/^START MESSAGE\n/m);
  for (const [index, message] of messages.entries()) {
    const end = message.indexOf('\nEND MESSAGE');
    if (index > 0 && end >= 0)
      actions[actions.length - 1] +=
        ` text ${JSON.stringify(message.slice(0, end).replaceAll('\r\n', '\n'))}`;
    for (const line of message.slice(end < 0 ? 0 : end).split('\n')) {
      implicit ||= line === 'Implicit keep:';
      readLine(line, actions, implicit ? 'implicit' : 'store');
    }
  }
  return actions;
}

function readLine(line: string, actions: string[], store: string): void {
  const [, stored] = /^ \* store message in folder: (.*)$/.exec(line) ?? [];
  const [, redirected] = /^ \* redirect message to: <(.*)>$/.exec(line) ?? [];
  const [, flags] = /^ +\+ add IMAP flags: (.*)$/.exec(line) ?? [];
  const [, key, value] = /^ +=> (seconds|subject|from) *: (.*)$/.exec(line) ?? [];
  if (stored !== undefined) actions.push(`${store} ${stored}`);
  else if (redirected !== undefined) actions.push(`redirect ${redirected}`);
  else if (line === ' * discard') actions.push('discard');
  else if (line === ' * send vacation message:') actions.push('vacation');
  else if (flags !== undefined) actions[actions.length - 1] += ` flags ${sortFlags(flags.split(' '))}`;
  else if (key !== undefined) actions[actions.length - 1] += ` ${key} ${value}`;
  else if (/create mailbox/.test(line)) actions[actions.length - 1] += ' create';
}

/** Flags have neither case nor order. */
export function sortFlags(flags: readonly string[]): string {
  return flags
    .map((flag) => flag.toLowerCase())
    .sort()
    .join(' ');
}
