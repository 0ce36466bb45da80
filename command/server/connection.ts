import { MailError } from '../../common/errors.ts';
import type { CalledPart, SignedInUser } from '../../common/shapes/session.ts';
import type { Call } from '../call.ts';
import { askSignIn } from '../terminal.ts';
import {
  makeProfileClient,
  makeRelayClient,
  makeStorageClient,
  noToken,
  readFailure,
  type ProfileClient,
  type RelayClient,
  type StorageClient,
  type TokenSource,
} from './clients.ts';
import { answerSteps } from './answer-steps.ts';
import { holdTokens } from './held-tokens.ts';
import { keepTokens } from './kept-tokens.ts';
import { findSessionFile, readSession } from './session-file.ts';

export const DEFAULT_SERVER = 'http://localhost:7310';

/** A signed-in user's way to the three parts. Calls throw what tRPC throws: see `ask`. */
export interface Connection {
  user: SignedInUser;
  profile: ProfileClient;
  storage: StorageClient;
  relay: RelayClient;
  /** Address of the user's storage-server and the token for its plain HTTP addresses. */
  home: { url: string; token: TokenSource };
  /** The same of the profile-server. */
  own: { url: string; token: TokenSource };
  /** Opens what only the user can, by the password; for as long as the session refreshes. */
  unlock: (password: string) => Promise<void>;
  end: () => Promise<void>;
}

export interface SignedIn {
  user: Connection['user'];
  home: string | null;
  relay: string | null;
  tokenOf: (part: CalledPart) => TokenSource;
  unlock: (password: string) => Promise<void>;
  end: () => Promise<void>;
}

export function findServer(env: NodeJS.ProcessEnv): string {
  const given = env['VALIJA_SERVER'];
  if (given === undefined || given === '') return DEFAULT_SERVER;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const params = { setting: 'VALIJA_SERVER', expected: 'http://host:port' };
    throw new MailError('usage', 'VALIJA_SERVER is not an address', { reason: 'setting', params });
  }
  return url.origin;
}

/** Signs in as the environment says, else with the session that `login` kept. */
export async function connect(call: Call): Promise<Connection> {
  const server = findServer(call.env);
  const signedIn =
    call.env['VALIJA_USER'] && call.env['VALIJA_PASSWORD']
      ? await signInOnce(call, server)
      : await resume(call, server);
  call.setUserLanguage(signedIn.user.language);
  return makeConnection(server, signedIn);
}

function makeConnection(server: string, signedIn: SignedIn): Connection {
  const { user, home, relay, tokenOf, unlock, end } = signedIn;
  const demand = (url: string | null, reason: string): string => {
    if (url === null) throw new MailError('unavailable', reason, { reason });
    return url;
  };
  // Made when first used: not every server has each part.
  return {
    user,
    unlock: async (password) => await ask(unlock(password)),
    end,
    profile: makeProfileClient(server, tokenOf('profile')),
    own: { url: server, token: tokenOf('profile') },
    get storage() {
      return makeStorageClient(demand(home, 'no-home'), tokenOf('storage'));
    },
    get relay() {
      return makeRelayClient(demand(relay, 'no-relay'), tokenOf('relay'));
    },
    get home() {
      return { url: demand(home, 'no-home'), token: tokenOf('storage') };
    },
  };
}

/** A session for this command alone, ended with it. */
async function signInOnce(call: Call, server: string): Promise<SignedIn> {
  const { name, password } = await askSignIn(call);
  const open = makeProfileClient(server, noToken);
  const input = { name, password, client: 'valija' };
  const begun = await ask(open.session.signIn.mutate(input));
  const signedIn = await answerSteps(call, open, begun, false);
  const { user, home, relay } = signedIn;
  const { tokenOf, take } = holdTokens(server, signedIn);
  const profile = makeProfileClient(server, tokenOf('profile'));
  return {
    user,
    home,
    relay,
    tokenOf,
    unlock: async (again) => take(await profile.session.unlock.mutate({ password: again })),
    // The command has its answer; a session that cannot be ended ends by its own time.
    end: async () => void (await profile.session.signOut.mutate().catch(() => undefined)),
  };
}

async function resume(call: Call, server: string): Promise<SignedIn> {
  const file = findSessionFile(call.env);
  const kept = readSession(file);
  if (kept === null) {
    throw new MailError('not-signed-in', 'no session is kept', { reason: 'no-session' });
  }
  if (call.env['VALIJA_SERVER'] && kept.server !== server) {
    throw new MailError('not-signed-in', 'the session is of another server', {
      reason: 'other-server',
      params: { server: kept.server },
    });
  }
  call.setUserLanguage(kept.user.language);
  const tokens = keepTokens(file, kept);
  // Settles whether the session lives before the command begins, and where home is by now.
  const { home, relay, user } = await tokens.read();
  return { user, home, relay, tokenOf: tokens.tokenOf, unlock: tokens.unlock, end: async () => undefined };
}

/** Awaits a call to a server; throws its MailError. */
export async function ask<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw readFailure(error);
  }
}
