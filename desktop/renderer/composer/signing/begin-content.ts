import { writeSignatureHtml } from '../../../../common/compose/signature.ts';
import type { Address } from '../../../../common/shapes/address.ts';
import type { DraftContent } from '../../../../common/shapes/draft.ts';
import { ownValues } from '../../identity/own-values.ts';
import { findRow } from '../../mail/cache/mail-cache.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { routeStore } from '../../shell/route.ts';
import { readWanted } from '../begin-mail.ts';
import { addAddresses, parseAddresses } from '../people/addresses.ts';
import { EMPTY_DRAFT } from '../session/draft-state.ts';

/**
 * A new mail: from the identity that the person chose for new ones, else from the account whose mail is being looked at,
 * with the signature of its identity.
 */
export function beginContent(): DraftContent {
  const wanted = readWanted();
  const { identities, preferences } = profileStore.get();
  const route = routeStore.get();
  const account =
    route.view === 'mail'
      ? (route.account ?? (route.mail === null ? null : findRow(route.mail)?.accounts[0]))
      : null;
  const identity =
    identities.find(({ id }) => id === preferences.identity) ??
    identities.find((one) => one.account === account) ??
    identities[0];
  const words = wanted === null || wanted.body === '' ? '' : escapeText(wanted.body);
  const signature = identity?.signature ?? null;
  const signed =
    signature === null ? '' : writeSignatureHtml({ ...signature, values: ownValues(identity ?? null) });
  return {
    ...EMPTY_DRAFT,
    identity: identity?.id ?? null,
    to: readPeople(wanted?.to),
    cc: readPeople(wanted?.cc),
    bcc: readPeople(wanted?.bcc),
    subject: wanted?.subject ?? '',
    text: wanted?.body ?? '',
    html: signed === '' ? words : `${words || '<div><br></div>'}<div><br></div>${signed}`,
  };
}

function readPeople(list: readonly string[] = []): Address[] {
  return addAddresses([], list.flatMap(parseAddresses));
}

function escapeText(text: string): string {
  const holder = document.createElement('div');
  holder.textContent = text;
  return `<div>${holder.innerHTML.replace(/\r?\n/g, '<br>')}</div>`;
}
