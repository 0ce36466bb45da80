import { renderUnicodeCompact } from 'uqr';
import type { TotpSetUp } from '../../common/shapes/session.ts';
import type { Call } from '../call.ts';
import { fill } from '../words/words.ts';

/** Shows what an authenticator app has to know, for its camera and to be typed. */
export function showTotp(call: Call, { secret, uri }: TotpSetUp): void {
  call.note(renderUnicodeCompact(uri));
  const groups = secret.match(/.{1,4}/g)?.join(' ') ?? secret;
  call.note(fill(call.words().totpSecret, { secret: groups }));
}
