import assert from 'node:assert/strict';
import { MailError } from '../../common/errors.ts';
import type { AccountSettings } from '../../common/shapes/account.ts';
import type { SignIn, Tokens } from '../../common/shapes/session.ts';
import type { ProfileClient, RunningServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

export const PASSWORD = 'correct horse battery';

/** Settings of an account on a host that nobody connects to here. */
export function sampleSettings(change: Partial<AccountSettings> = {}): AccountSettings {
  return {
    email: 'ana@example.org',
    name: 'Ana',
    pop3: { host: 'pop.example.org', port: 995, tls: 'implicit', user: 'ana', auth: 'auto' },
    send: { way: 'relay', smtp: null },
    keep: 'always',
    interval: 300,
    adaptive: false,
    paused: false,
    signedInOnly: false,
    ...change,
  };
}

export interface TestUser {
  id: string;
  name: string;
  signedIn: SignIn;
  /** Renews its access token when the clock was moved past it. */
  client: ProfileClient;
}

export async function registerUser(
  running: RunningServer,
  name: string,
  more: { setupCode?: string; invite?: string } = {},
): Promise<TestUser> {
  const signedIn = await expectSession(
    running.client().session.register.mutate({ name, password: PASSWORD, ...more }),
  );
  let tokens: Tokens = signedIn;
  const token = async (): Promise<string> => {
    if (Date.parse(tokens.tokensExpireAt) <= running.clock.now()) {
      tokens = await running.client().session.refresh.mutate({ refreshToken: tokens.refreshToken ?? '' });
    }
    return tokens.tokens.profile;
  };
  return { id: signedIn.user.id, name, signedIn, client: running.client(token) };
}

/** `code/reason` of the MailError that `work` throws, `none` when it throws none. */
export function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    assert.ok(error instanceof MailError);
    return `${error.code}/${error.reason}`;
  }
}
