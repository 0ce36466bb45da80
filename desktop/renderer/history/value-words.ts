import { profileStore } from '../profile/profile-store.ts';
import { useStore } from '../parts/store.ts';
import { historyTexts } from '../text/history.ts';
import { settingsTexts } from '../text/settings.ts';
import { LANGUAGE_NAMES, useText } from '../text/text.ts';

/** What people call a value that the history gives as it is inside: a choice of a setting, yes or no, an item's id. */
export function useValueWords(preference: string | null): (value: string) => string {
  const t = useText(historyTexts);
  const settings = useText(settingsTexts);
  const { accounts, identities, mailboxes, labels } = useStore(profileStore);
  const choose = (value: string): string | undefined => {
    if (preference === 'language') return LANGUAGE_NAMES.find(([code]) => code === value)?.[1];
    if (preference === 'theme') return settings(`theme-${value as 'dark'}`);
    if (preference === 'density') return settings(`density-${value as 'normal'}`);
    if (preference === 'timeZone') return value.replaceAll('_', ' ');
    if (preference !== 'undoSeconds') return undefined;
    return value === '0' ? settings('undo-none') : settings('seconds', { n: Number(value) });
  };
  const nameItem = (id: string): string =>
    accounts.find((one) => one.id === id)?.email ??
    identities.find((one) => one.id === id)?.address ??
    [...mailboxes, ...labels].find((one) => one.id === id)?.name ??
    id;
  return (value) => {
    if (value === 'true' || value === 'false') return t(value === 'true' ? 'yes' : 'no');
    return choose(value) ?? value.split(', ').map(nameItem).join(', ');
  };
}
