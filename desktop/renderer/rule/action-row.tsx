import { useQuery } from '@tanstack/react-query';
import { useId, type ComponentType } from 'react';
import { mailboxesQuery } from '../mail/cache/mail-cache.ts';
import { IconButton } from '../parts/button.tsx';
import { SelectField, TextField, type Choice } from '../parts/choice-fields.tsx';
import { Check, Field } from '../parts/field.tsx';
import { useProfile } from '../profile/profile-store.ts';
import { ruleTexts } from '../text/rules.ts';
import { useText } from '../text/text.ts';
import type { ActionDraft, DraftProblems } from './rule-draft.ts';

const ACTIONS: readonly ActionDraft['action'][] = [
  'file',
  'label',
  'flag',
  'mark-read',
  'forward',
  'vacation',
  'discard',
  'stop',
];

/** One action with what it needs to know. */
export function ActionRow({
  action,
  Mailbox,
  problems,
  onChange,
  onRemove,
}: {
  action: ActionDraft;
  Mailbox: ComponentType<MailboxProps>;
  problems: DraftProblems;
  onChange: (action: ActionDraft) => void;
  onRemove: () => void;
}) {
  const t = useText(ruleTexts);
  const tell = (field: string): string | null => {
    const problem = problems.get(`${action.key}.${field}`);
    return problem === undefined ? null : t(problem);
  };
  return (
    <li className="rule-line" data-testid="rule-action">
      <SelectField
        label={t('action-label')}
        value={action.action}
        choices={ACTIONS.map((value) => ({ value, label: t(value) }))}
        onPick={(value) => onChange({ ...action, action: value as ActionDraft['action'] })}
      />
      {action.action === 'file' ? (
        <Mailbox
          path={action.mailbox}
          problem={tell('mailbox')}
          onPick={(mailbox) => onChange({ ...action, mailbox })}
        />
      ) : null}
      {action.action === 'label' ? (
        <LabelField action={action} problem={tell('label')} onChange={onChange} />
      ) : null}
      {action.action === 'forward' ? (
        <div className="rule-more">
          <Field
            label={t('address')}
            type="email"
            value={action.address}
            problem={tell('address')}
            autoComplete="off"
            onChange={(event) => onChange({ ...action, address: event.target.value })}
          />
          <Check
            label={t('keep-here')}
            checked={action.keep}
            onPick={(keep) => onChange({ ...action, keep })}
          />
        </div>
      ) : null}
      {action.action === 'vacation' ? <AnswerFields action={action} tell={tell} onChange={onChange} /> : null}
      <IconButton icon="close" label={t('remove-action')} onClick={onRemove} />
    </li>
  );
}

interface FieldProps {
  action: ActionDraft;
  problem: string | null;
  onChange: (action: ActionDraft) => void;
}

export interface MailboxProps {
  /** '' where none is chosen yet. */
  path: string;
  problem: string | null;
  onPick: (path: string) => void;
}

/** One of the user's own mailboxes. */
export function OwnMailbox({ path: chosen, problem, onPick }: MailboxProps) {
  const t = useText(ruleTexts);
  const { data } = useQuery(mailboxesQuery);
  const paths = (data ?? [])
    .filter(({ role }) => role !== 'drafts' && role !== 'sent')
    .map(({ path }) => path);
  const choices: Choice[] = paths.map((path) => ({ value: path, label: path }));
  if (chosen === '') choices.unshift({ value: '', label: '—' });
  else if (data !== undefined && !paths.includes(chosen)) {
    choices.unshift({ value: chosen, label: t('mailbox-gone', { path: chosen }) });
  }
  return (
    <SelectField label={t('mailbox')} value={chosen} choices={choices} problem={problem} onPick={onPick} />
  );
}

/** Any name will do; those that are there are offered. */
function LabelField({ action, problem, onChange }: FieldProps) {
  const t = useText(ruleTexts);
  const { labels } = useProfile();
  const list = useId();
  return (
    <>
      <Field
        label={t('label-name')}
        value={action.label}
        problem={problem}
        list={list}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => onChange({ ...action, label: event.target.value })}
      />
      <datalist id={list}>
        {labels.map(({ id, name }) => (
          <option key={id} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}

function AnswerFields({
  action,
  tell,
  onChange,
}: {
  action: ActionDraft;
  tell: (field: string) => string | null;
  onChange: (action: ActionDraft) => void;
}) {
  const t = useText(ruleTexts);
  return (
    <div className="rule-more">
      <Field
        label={t('answer-subject')}
        value={action.subject}
        maxLength={200}
        onChange={(event) => onChange({ ...action, subject: event.target.value })}
      />
      <TextField
        label={t('answer-text')}
        value={action.text}
        rows={5}
        maxLength={20_000}
        problem={tell('text')}
        hint={t('answer-hint')}
        onText={(text) => onChange({ ...action, text })}
      />
      <Field
        label={t('answer-days')}
        value={action.days}
        inputMode="numeric"
        problem={tell('days')}
        onChange={(event) => onChange({ ...action, days: event.target.value })}
      />
    </div>
  );
}
