import { useState } from 'react';
import { ORGANISATION } from '../../../../common/shapes/layer.ts';
import type { PolicyView } from '../../../../common/shapes/policy.ts';
import { Button } from '../../parts/button.tsx';
import { SelectField, TextField } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { profileServer } from '../../session/clients.ts';
import { adminPolicyTexts } from '../../text/admin-policy.ts';
import { say, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';
import { fromDraft, toDraft, type PolicyDraft } from './policy-draft.ts';

const YES_NO = ['ownAccounts', 'remember', 'resetNeedsTwo', 'signedInOnly'] as const;

/** The policy of one place. What is not said here is left to the organisation, and there to what Valija does by itself. */
export function PolicyForm({ view, mayChange }: { view: PolicyView; mayChange: boolean }) {
  const t = useText(adminPolicyTexts);
  const [draft, setDraft] = useState(() => toDraft(view.settings));
  const set = (change: Partial<PolicyDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useAct(
    async () =>
      await profileServer().policy.set.mutate({
        of: view.of,
        base: view.revision,
        settings: fromDraft(draft),
      }),
    { keys: ['policy'], done: () => say(adminPolicyTexts, 'policy-saved') },
  );
  const unset = { value: '', label: view.of === ORGANISATION ? t('not-said') : t('as-organisation') };
  return (
    <form
      className="group policy-form"
      aria-label={t('policy')}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <fieldset disabled={!mayChange} className="bare-set">
        <h2>{t('rules-for-accounts')}</h2>
        <TextField
          label={t('allowedHosts')}
          hint={t('allowedHosts-hint')}
          rows={3}
          maxLength={20_000}
          code
          value={draft.allowedHosts}
          onText={(allowedHosts) => set({ allowedHosts })}
        />
        <div className="field-row field-row-even">
          <Field
            label={t('smallestInterval')}
            type="number"
            min={1}
            max={1440}
            placeholder={unset.label}
            value={draft.smallestInterval}
            onChange={(event) => set({ smallestInterval: event.target.value })}
          />
          <Field
            label={t('quotaBytes')}
            type="number"
            min={0.01}
            step="any"
            placeholder={unset.label}
            value={draft.quotaBytes}
            onChange={(event) => set({ quotaBytes: event.target.value })}
          />
        </div>
        <div className="field-row field-row-even">
          <SelectField
            label={t('leastKeep')}
            value={draft.leastKeep}
            choices={[
              unset,
              ...(['any', 'always', 'days'] as const).map((value) => ({ value, label: t(`keep-${value}`) })),
            ]}
            onPick={(value) => set({ leastKeep: value as PolicyDraft['leastKeep'] })}
          />
          {draft.leastKeep === 'days' ? (
            <Field
              label={t('keep-days-number')}
              type="number"
              min={1}
              max={9999}
              required
              value={draft.leastKeepDays}
              onChange={(event) => set({ leastKeepDays: event.target.value })}
            />
          ) : null}
        </div>
        {YES_NO.map((key) => (
          <SelectField
            key={key}
            label={t(key)}
            value={draft[key]}
            choices={[unset, { value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]}
            onPick={(value) => set({ [key]: value })}
          />
        ))}
        <h2>{t('rules-for-sign-in')}</h2>
        {view.of === ORGANISATION ? (
          <SelectField
            label={t('registration')}
            hint={t('registration-hint')}
            value={draft.registration}
            choices={[
              unset,
              ...(['open', 'invite', 'closed'] as const).map((value) => ({
                value,
                label: t(`registration-${value}`),
              })),
            ]}
            onPick={(value) => set({ registration: value as PolicyDraft['registration'] })}
          />
        ) : null}
        <SelectField
          label={t('secondFactor')}
          value={draft.secondFactor}
          choices={[
            unset,
            ...(['optional', 'required'] as const).map((value) => ({ value, label: t(`factor-${value}`) })),
          ]}
          onPick={(value) => set({ secondFactor: value as PolicyDraft['secondFactor'] })}
        />
        <h2>{t('rules-for-labs')}</h2>
        <SelectField
          label={t('lab')}
          value={draft.lab}
          choices={[
            unset,
            ...(['off', 'offered', 'forced'] as const).map((value) => ({ value, label: t(`lab-${value}`) })),
          ]}
          onPick={(value) => set({ lab: value as PolicyDraft['lab'] })}
        />
        <Field
          label={t('labIdleMinutes')}
          type="number"
          min={1}
          max={240}
          placeholder={unset.label}
          value={draft.labIdleMinutes}
          onChange={(event) => set({ labIdleMinutes: event.target.value })}
        />
        <TextField
          label={t('labSaves')}
          hint={t('labSaves-hint')}
          rows={2}
          maxLength={10_000}
          code
          value={draft.labSaves}
          onText={(labSaves) => set({ labSaves })}
        />
      </fieldset>
      {mayChange ? (
        <div className="card-actions">
          <Button type="submit" look="main" disabled={save.isPending} data-testid="policy-save">
            {t('save')}
          </Button>
          {view.changedBy === null ? null : (
            <span className="card-note">{t('changed-by', { name: view.changedBy })}</span>
          )}
        </div>
      ) : (
        <p className="card-note">{t('policy-read-only')}</p>
      )}
    </form>
  );
}
