import type { MailRow } from '../../../../common/shapes/mail.ts';
import type { Language } from '../../../../common/shapes/profile.ts';
import type { NativeAnnouncement } from '../../../native-api/native-api.ts';
import { nameOf } from '../../mail/people.ts';
import type { KnownProfile } from '../../profile/profile-store.ts';
import { shellTexts } from '../../text/shell.ts';
import { sayIn } from '../../text/text.ts';

/** More senders than these are not named. */
const MOST_NAMED = 3;

/** What a notification says of mails that have just come, as far as their accounts are to be announced; null: nothing. */
export function describeArrival(
  fresh: readonly MailRow[],
  { accounts, preferences }: Pick<KnownProfile, 'accounts' | 'preferences'>,
  language: Language,
): NativeAnnouncement['notice'] {
  const { notify, silent } = preferences;
  if (!notify) return null;
  const told = fresh.filter((row) => !row.accounts.length || row.accounts.some((id) => !silent.includes(id)));
  const [first] = told;
  if (first === undefined) return null;
  const one = accounts.find(({ id }) => told.every((row) => row.accounts.includes(id)));
  const account = one === undefined ? null : { id: one.id, name: one.email };
  if (told.length === 1) return { title: nameSender(first), body: first.subject, mail: first.id, account };
  const names = [...new Set(told.map(nameSender))];
  const body = `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? '…' : ''}`;
  return { title: sayIn(shellTexts, language)('arrived', { n: told.length }), body, mail: null, account };
}

function nameSender({ from: [sender] }: MailRow): string {
  return sender === undefined ? 'Valija' : nameOf(sender);
}
