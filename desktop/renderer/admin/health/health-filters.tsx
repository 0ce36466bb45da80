import { ACCOUNT_STATES } from '../../../../common/shapes/account.ts';
import type { HealthFilter, HeatMap } from '../../../../common/shapes/health.ts';
import { Button } from '../../parts/button.tsx';
import { SelectField } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { settingsTexts } from '../../text/settings.ts';
import { useText } from '../../text/text.ts';
import { useGroups } from '../groups/group-query.ts';

/** By what the accounts are narrowed; each state says how many there are. */
export function Filters({
  filter,
  onFilter,
  map,
  counts,
  typed,
  onTyped,
}: {
  filter: HealthFilter;
  onFilter: (filter: HealthFilter) => void;
  map: HeatMap | undefined;
  counts: Record<string, number> | null;
  typed: string;
  onTyped: (text: string) => void;
}) {
  const t = useText(adminHealthTexts);
  const settings = useText(settingsTexts);
  const groups = useGroups();
  const state = filter.troubled === true ? 'troubled' : (filter.state ?? '');
  const withCount = (label: string, count: number | undefined): string =>
    counts === null ? label : `${label} (${count ?? 0})`;
  const pickState = (value: string): void => {
    const { state: _state, troubled: _troubled, ...rest } = filter;
    const known = ACCOUNT_STATES.find((one) => one === value);
    onFilter(
      value === 'troubled'
        ? { ...rest, troubled: true }
        : known === undefined
          ? rest
          : { ...rest, state: known },
    );
  };
  const pick = (key: 'provider' | 'group', value: string): void => {
    const { [key]: _before, ...rest } = filter;
    onFilter(value === '' ? rest : { ...rest, [key]: value });
  };
  const troubled = (counts?.['late'] ?? 0) + (counts?.['failing'] ?? 0) + (counts?.['needs-sign-in'] ?? 0);
  return (
    <form className="admin-filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <Field
        label={t('find')}
        type="search"
        value={typed}
        onChange={(event) => onTyped(event.target.value)}
      />
      <SelectField
        label={t('column-state')}
        value={state}
        onPick={pickState}
        choices={[
          { value: '', label: t('all-states') },
          { value: 'troubled', label: withCount(t('troubled'), troubled) },
          ...ACCOUNT_STATES.map((one) => ({
            value: one,
            label: withCount(settings(`state-${one}`), counts?.[one]),
          })),
        ]}
      />
      <SelectField
        label={t('provider')}
        value={filter.provider ?? ''}
        onPick={(value) => pick('provider', value)}
        choices={[
          { value: '', label: t('all-providers') },
          ...(map?.rows ?? []).map(({ provider, name }) => ({ value: provider, label: name })),
        ]}
      />
      {groups.length === 0 ? null : (
        <SelectField
          label={t('group')}
          value={filter.group ?? ''}
          onPick={(value) => pick('group', value)}
          choices={[
            { value: '', label: t('all-groups') },
            ...groups.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {Object.keys(filter).length === 0 && typed === '' ? null : (
        <Button
          icon="close"
          look="quiet"
          onClick={() => {
            onFilter({});
            onTyped('');
          }}
        >
          {t('clear')}
        </Button>
      )}
    </form>
  );
}
