import { MailError } from '../../common/errors.ts';
import type { CalledPart, Tokens } from '../../common/shapes/session.ts';
import { makeProfileClient, noToken, readFailure, type TokenSource } from './clients.ts';
import { SPARE_MS } from './held-tokens.ts';
import { keepHere } from './keep-here.ts';
import {
  deleteSession,
  readSession,
  withSessionLock,
  writeSession,
  type KeptSession,
} from './session-file.ts';

/** The tokens of a kept session, renewed when they end or are refused. */
export function keepTokens(
  file: string,
  first: KeptSession,
): {
  read: () => Promise<KeptSession>;
  tokenOf: (part: CalledPart) => TokenSource;
  unlock: (password: string) => Promise<void>;
} {
  let kept = first;
  const read = async (): Promise<KeptSession> => {
    if (Date.parse(kept.tokensExpireAt) - Date.now() < SPARE_MS) kept = await renew(file, kept);
    return kept;
  };
  const tokenOf =
    (part: CalledPart): TokenSource =>
    async (fresh) => {
      if (fresh) kept = await renew(file, kept);
      return (await read()).tokens[part];
    };
  const unlock = async (password: string): Promise<void> => {
    await read();
    kept = await unlockKept(file, password);
  };
  return { read, tokenOf, unlock };
}

/** The refresh token is another one afterwards. Throws what tRPC throws. */
async function unlockKept(file: string, password: string): Promise<KeptSession> {
  return await withSessionLock(file, async () => {
    const now = readSession(file);
    if (now === null) throw makeEnded();
    const profile = makeProfileClient(now.server, async (fresh) => (fresh ? null : now.tokens.profile));
    const tokens = await profile.session.unlock.mutate({ password });
    return writeTokens(file, now, tokens);
  });
}

function writeTokens(file: string, now: KeptSession, tokens: Tokens): KeptSession {
  const refreshToken = tokens.refreshToken ?? now.refreshToken;
  const renewed = { ...now, refreshToken, ...keepHere(tokens, Date.now()) };
  writeSession(file, renewed);
  return renewed;
}

/** Rotates the refresh token, unless another command did so in the meantime: then its tokens are taken. */
async function renew(file: string, stale: KeptSession): Promise<KeptSession> {
  return await withSessionLock(file, async () => {
    const now = readSession(file);
    if (now === null) throw makeEnded();
    if (now.refreshToken !== stale.refreshToken) return now;
    try {
      const profile = makeProfileClient(now.server, noToken);
      const tokens = await profile.session.refresh.mutate({ refreshToken: now.refreshToken });
      return writeTokens(file, now, tokens);
    } catch (error) {
      const failure = readFailure(error);
      if (failure.code !== 'not-signed-in' && failure.code !== 'sign-in-failed') throw failure;
      deleteSession(file);
      throw makeEnded(failure);
    }
  });
}

function makeEnded(cause?: unknown): MailError {
  return new MailError('not-signed-in', 'the session ended', { reason: 'session-ended', cause });
}
