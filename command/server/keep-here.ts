import type { Tokens } from '../../common/shapes/session.ts';
import { formatTime, type Millis } from '../../common/time.ts';
import type { KeptSession } from './session-file.ts';

/** What a session file keeps of tokens. Their end stands there by this computer's clock, which may be hours from the server's; `now` is its time. */
export function keepHere(
  { issuedAt, tokensExpireAt, home, relay, tokens }: Tokens,
  now: Millis,
): Pick<KeptSession, 'home' | 'relay' | 'tokens' | 'tokensExpireAt'> {
  const lives = Date.parse(tokensExpireAt) - Date.parse(issuedAt);
  return { home, relay, tokens, tokensExpireAt: formatTime(now + lives) };
}
