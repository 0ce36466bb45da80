import { SelectField } from '../parts/choice-fields.tsx';
import { usePreference } from '../profile/profile-store.ts';
import { setPreference } from '../profile/profile-sync.ts';
import { toProblem } from '../session/problem.ts';
import { tellProblem } from '../shell/notices.ts';
import { mailboxTexts } from '../text/mailboxes.ts';
import { useText } from '../text/text.ts';

const DAYS = [7, 14, 30, 60, 90, 365];

function set(key: 'trashDays' | 'junkDays', value: number | null): void {
  setPreference(key, value).catch((error: unknown) => tellProblem(toProblem(error), () => set(key, value)));
}

/** After how many days what lies in Trash and in Junk is removed for ever. */
export function EmptyAfter() {
  const t = useText(mailboxTexts);
  const trash = usePreference('trashDays');
  const junk = usePreference('junkDays');
  const choicesFor = (days: number | null) => [
    ...[...new Set([...DAYS, ...(days === null ? [] : [days])])]
      .toSorted((a, b) => a - b)
      .map((n) => ({ value: String(n), label: t('after-days', { n }) })),
    { value: '', label: t('never') },
  ];
  const read = (value: string): number | null => (value === '' ? null : Number(value));
  return (
    <div className="field-pair">
      <SelectField
        label={t('trash-days')}
        value={String(trash ?? '')}
        choices={choicesFor(trash)}
        onPick={(value) => set('trashDays', read(value))}
      />
      <SelectField
        label={t('junk-days')}
        value={String(junk ?? '')}
        choices={choicesFor(junk)}
        onPick={(value) => set('junkDays', read(value))}
      />
    </div>
  );
}
