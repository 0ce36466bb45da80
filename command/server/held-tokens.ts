import type { CalledPart, Tokens } from '../../common/shapes/session.ts';
import { makeProfileClient, noToken, readFailure, type TokenSource } from './clients.ts';
import { keepHere } from './keep-here.ts';

/** Tokens that end sooner than this are renewed first: a body that is streamed cannot be sent again after a refusal. */
export const SPARE_MS = 60_000;

/** The tokens of a session that stands in no file, renewed when they end or are refused: its command may take hours. */
export function holdTokens(
  server: string,
  first: Tokens,
): { tokenOf: (part: CalledPart) => TokenSource; take: (tokens: Tokens) => void } {
  let held = first;
  let endsAt = endOf(first);
  let renewing: Promise<void> | null = null;
  const take = (tokens: Tokens): void => {
    held = { ...tokens, refreshToken: tokens.refreshToken ?? held.refreshToken };
    endsAt = endOf(tokens);
  };
  const renew = async (): Promise<void> => {
    const open = makeProfileClient(server, noToken);
    try {
      take(await open.session.refresh.mutate({ refreshToken: held.refreshToken ?? '' }));
    } catch (error) {
      throw readFailure(error);
    }
  };
  const tokenOf =
    (part: CalledPart): TokenSource =>
    async (fresh) => {
      // Calls at the same time share one: the server takes the second use of a refresh token for theft.
      if (fresh || endsAt - Date.now() < SPARE_MS)
        await (renewing ??= renew().finally(() => (renewing = null)));
      return held.tokens[part];
    };
  return { tokenOf, take };
}

function endOf(tokens: Tokens): number {
  return Date.parse(keepHere(tokens, Date.now()).tokensExpireAt);
}
