import { profileStore } from '../profile/profile-store.ts';
import { useStore } from '../parts/store.ts';
import { useChoiceWords } from '../settings/choice-words.ts';
import { historyTexts } from '../text/history.ts';
import { useText } from '../text/text.ts';

/** What people call a value that the history gives as it is inside: a choice of a setting, yes or no, an item's id. */
export function useValueWords(preference: string | null): (value: string) => string {
  const t = useText(historyTexts);
  const choose = useChoiceWords();
  const { accounts, identities, mailboxes, labels } = useStore(profileStore);
  const nameItem = (id: string): string =>
    accounts.find((one) => one.id === id)?.email ??
    identities.find((one) => one.id === id)?.address ??
    [...mailboxes, ...labels].find((one) => one.id === id)?.name ??
    id;
  return (value) => {
    if (value === 'true' || value === 'false') return t(value === 'true' ? 'yes' : 'no');
    return choose(preference, value) ?? value.split(', ').map(nameItem).join(', ');
  };
}
