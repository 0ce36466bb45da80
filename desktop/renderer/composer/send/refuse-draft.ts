import { composerTexts } from '../../text/composer.ts';
import { say } from '../../text/text.ts';
import { looksLikeAddress } from '../people/addresses.ts';
import type { DraftSession } from '../session/draft-session.ts';

/** Why a mail cannot be sent as it stands; null when it can. */
export function refuseDraft(session: DraftSession): string | null {
  const { to, cc, bcc, html } = session.collect();
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0) return say(composerTexts, 'no-recipient');
  const bad = all.find(({ address }) => !looksLikeAddress(address));
  if (bad !== undefined) return say(composerTexts, 'bad-address', { address: bad.address });
  if (session.uploads.get().length > 0) return say(composerTexts, 'still-uploading');
  // It has still the name that it had on its way (draft-pictures.ts): this window shows it, and nobody else could.
  return /\bsrc="cid:up_/.test(html ?? '') ? say(composerTexts, 'picture-missing') : null;
}
