import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { SelectField } from '../../parts/choice-fields.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { shellTexts } from '../../text/shell.ts';
import { LANGUAGE_NAMES, useText } from '../../text/text.ts';
import { useGroups } from '../groups/group-query.ts';
import { CodeSlip } from './code-slip.tsx';

/** Prepares one user; the invitation's code is shown once. */
export function AddUser({ organisation, onClose }: { organisation: boolean; onClose: () => void }) {
  const t = useText(adminUserTexts);
  const shell = useText(shellTexts);
  const groups = useGroups();
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const [group, setGroup] = useState(organisation ? '' : (groups[0]?.id ?? ''));
  const [language, setLanguage] = useState<'en' | 'es'>('en');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<{ name: string; code: string } | null>(null);
  const add = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
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
    } catch (error) {
      setProblem(toProblem(error));
    }
    setBusy(false);
  };
  if (made !== null) return <CodeSlip kind="invite" {...made} onClose={onClose} />;
  return (
    <Dialog title={t('add')} closeLabel={shell('close')} onClose={onClose}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
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
        <ProblemBox problem={problem} />
        <footer className="dialog-foot">
          <Button onClick={onClose}>{shell('cancel')}</Button>
          <Button type="submit" look="main" disabled={busy} data-testid="new-user-save">
            {t('add-run')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
