import { swapSignature, type OwnSignature } from '../../../../common/compose/signature.ts';
import { expandInHtml, expandVariables } from '../../../../common/compose/variables.ts';
import type { DraftContent } from '../../../../common/shapes/draft.ts';
import type { Identity } from '../../../../common/shapes/identity.ts';
import { ownValues } from '../../identity/own-values.ts';
import { profileStore } from '../../profile/profile-store.ts';
import type { DraftSession } from '../session/draft-session.ts';

/** The mail is from another identity now: its signature takes the place of the one that stands there. */
export function changeSignature(session: DraftSession): void {
  const { identities } = profileStore.get();
  const { identity: chosen } = session.store.get().content;
  const known = identities.map(ownSignature).filter((one) => one !== null);
  const next = identities.find(({ id }) => id === chosen);
  const { text, html } = session.collect();
  const swapped = swapSignature({ text, html }, known, next === undefined ? null : ownSignature(next));
  if (swapped.text !== text || swapped.html !== html) session.replaceBody(swapped);
}

/** What only this screen knows of, such as the group, in an answer that the server began. */
export function finishSignature(draft: DraftContent): DraftContent {
  const { user = '', group = '' } = ownValues(null);
  const values = { user, group };
  // Only in what we put in ourselves: a quoted mail may say such words.
  const html = draft.html?.replace(/<div data-signature>.*?<\/div>(?=<div><br><\/div>)/s, (block) =>
    expandInHtml(block, values),
  );
  const text = draft.text.replace(/(^|\n)-- \n(?:(?!\n\n).)*/s, (block) => expandVariables(block, values));
  return { ...draft, text, html: html ?? null };
}

function ownSignature(identity: Identity): OwnSignature | null {
  return identity.signature === null ? null : { ...identity.signature, values: ownValues(identity) };
}
