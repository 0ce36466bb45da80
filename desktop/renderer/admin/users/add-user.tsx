import { useState } from 'react';
import { SelectField } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileServer } from '../../session/clients.ts';
import { useRun } from '../../session/use-run.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { LANGUAGE_NAMES, useText } from '../../text/text.ts';
import { useGroups } from '../groups/group-query.ts';
import { CodeSlip } from './code-slip.tsx';

/** Prepares one user; the invitation's code is shown once. */
export function AddUser({ organisation, onClose }: { organisation: boolean; onClose: () => void }) {
  const t = useText(adminUserTexts);
  const groups = useGroups();
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const [group, setGroup] = useState(organisation ? '' : (groups[0]?.id ?? ''));
  const [language, setLanguage] = useState<'en' | 'es'>('en');
  const { busy, problem, run } = useRun();
  const [made, setMade] = useState<{ name: string; code: string } | null>(null);
  const add = async (): Promise<void> => {
    const { user, code } = await profileServer().user.add.mutate({
      name,
      displayName: displayName.trim() || null,
      group: group || null,
      email: email.trim() || null,
      language,
      how: 'invite',
    });
    await queries.invalidateQueries({ queryKey: ['admin'] });
    if (code === null) onClose();
    else setMade({ name: user.name, code });
  };
  if (made !== null) return <CodeSlip kind="invite" {...made} onClose={onClose} />;
  return (
    <FormDialog
      title={t('add')}
      yes={t('add-run')}
      testId="new-user-save"
      busy={busy}
      problem={problem}
      byBrowser
      onSubmit={() => void run(add)}
      onClose={onClose}
    >
      <Field
        label={t('field-name')}
        hint={t('field-name-hint')}
        value={name}
        required
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
        data-testid="new-user-name"
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t('field-display')}
        value={displayName}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setDisplayName(event.target.value)}
      />
      <Field
        label={t('field-email')}
        hint={t('field-email-hint')}
        type="email"
        value={email}
        maxLength={320}
        autoComplete="off"
        onChange={(event) => setEmail(event.target.value)}
      />
      <div className="field-row field-row-even">
        <SelectField
          label={t('group')}
          value={group}
          onPick={setGroup}
          choices={[
            ...(organisation ? [{ value: '', label: t('no-group') }] : []),
            ...groups.map(({ id, name: label }) => ({ value: id, label })),
          ]}
        />
        <SelectField
          label={t('field-language')}
          value={language}
          onPick={(value) => setLanguage(value === 'es' ? 'es' : 'en')}
          choices={LANGUAGE_NAMES.map(([value, label]) => ({ value, label }))}
        />
      </div>
    </FormDialog>
  );
}
