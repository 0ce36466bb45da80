import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from '../../common/shapes/account.ts';
import { runValija, type Credentials, type System } from './system.ts';

export interface TestMaildrop {
  host?: string;
  port: number;
  /** Its user's name there; the address is NAME@uni.test. */
  name: string;
  password: string;
}

/** Registers the user and gives him an account on a maildrop in the clear, by the command line; `more` are further options. */
export async function registerWithAccount(
  system: Pick<System, 'ready' | 'dataDir'>,
  who: Credentials,
  maildrop: TestMaildrop,
  more: string[] = [],
): Promise<Account> {
  const registered = await runValija(system, ['register'], who);
  assert.equal(registered.code, 0, registered.stderr);
  return await addAccount(system, who, maildrop, more);
}

/** The same for a user who is there already. */
export async function addAccount(
  system: Pick<System, 'ready' | 'dataDir'>,
  who: Credentials,
  maildrop: TestMaildrop,
  more: string[] = [],
): Promise<Account> {
  const { host = '127.0.0.1', port, name, password } = maildrop;
  const secret = join(dirname(system.dataDir), `maildrop-password-${name}`);
  writeFileSync(secret, password, { mode: 0o600 });
  const server = ['--pop3-host', host, '--pop3-port', String(port), '--pop3-tls', 'none'];
  const login = ['--pop3-user', name, '--pop3-password-file', secret];
  const email = ['--email', `${name}@uni.test`];
  const added = await runValija(system, ['account', 'add', ...email, ...server, ...login, ...more], who);
  assert.equal(added.code, 0, added.stderr);
  return added.json as Account;
}
