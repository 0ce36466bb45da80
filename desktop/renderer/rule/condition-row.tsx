import type { Choice } from '../parts/choice-fields.tsx';
import { SelectField } from '../parts/choice-fields.tsx';
import { Field } from '../parts/field.tsx';
import { IconButton } from '../parts/button.tsx';
import { useProfile } from '../profile/profile-store.ts';
import { ruleTexts, type RuleText } from '../text/rules.ts';
import { useText } from '../text/text.ts';
import type { ConditionDraft, DraftProblems } from './rule-draft.ts';

export const TESTS: readonly ConditionDraft['test'][] = [
  'from',
  'recipient',
  'to',
  'cc',
  'subject',
  'body',
  'header',
  'size',
  'attachment',
  'account',
];
const MATCHES = ['contains', 'is', 'matches'] as const;

/** One condition: what is compared, how, and with what. */
export function ConditionRow({
  condition,
  tests,
  problems,
  onChange,
  onRemove,
}: {
  condition: ConditionDraft;
  tests: typeof TESTS;
  problems: DraftProblems;
  onChange: (condition: ConditionDraft) => void;
  onRemove: () => void;
}) {
  const t = useText(ruleTexts);
  const { accounts } = useProfile();
  const { key, test } = condition;
  const tell = (field: string): string | null => {
    const problem = problems.get(`${key}.${field}`);
    return problem === undefined ? null : t(problem);
  };
  const how = listHow(condition);
  const hasValue = test !== 'attachment' && test !== 'account' && condition.match !== 'exists';
  return (
    <li className="rule-line" data-testid="rule-condition">
      <SelectField
        label={t('what')}
        value={test}
        choices={TESTS.filter((one) => one === test || tests.includes(one)).map((value) => ({
          value,
          label: t(value),
        }))}
        onPick={(value) => onChange(changeTest(condition, value as ConditionDraft['test']))}
      />
      {test === 'header' ? (
        <Field
          label={t('field-name')}
          value={condition.header}
          problem={tell('header')}
          placeholder="List-Id"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...condition, header: event.target.value })}
        />
      ) : null}
      <SelectField
        label={t('how')}
        value={how.value}
        choices={how.choices.map((choice) => ({ ...choice, label: t(choice.label as RuleText) }))}
        onPick={(value) => onChange(how.pick(value))}
      />
      {test === 'account' ? (
        <SelectField
          label={t('account')}
          value={condition.account}
          choices={listAccounts(accounts, condition.account, t('account-gone'))}
          onPick={(account) => onChange({ ...condition, account })}
        />
      ) : null}
      {hasValue ? (
        <Field
          label={test === 'size' ? t('megabytes') : t('value')}
          value={condition.value}
          problem={tell('value')}
          inputMode={test === 'size' ? 'decimal' : undefined}
          autoComplete="off"
          maxLength={1000}
          data-testid="rule-value"
          onChange={(event) => onChange({ ...condition, value: event.target.value })}
        />
      ) : null}
      <IconButton icon="close" label={t('remove-condition')} onClick={onRemove} />
    </li>
  );
}

/** What was chosen for a test that has no such choice is not carried along. */
function changeTest(condition: ConditionDraft, test: ConditionDraft['test']): ConditionDraft {
  const match = test !== 'header' && condition.match === 'exists' ? 'contains' : condition.match;
  const kept = (test === 'size') === (condition.test === 'size');
  return { ...condition, test, match, value: kept ? condition.value : '' };
}

interface How {
  value: string;
  /** Labels are keys of the texts. */
  choices: Choice[];
  pick(value: string): ConditionDraft;
}

/** The ways of comparing that this test has. */
function listHow(condition: ConditionDraft): How {
  const { test, not, match } = condition;
  const yesOrNo = (yes: RuleText, no: RuleText): How => ({
    value: not ? 'no' : 'yes',
    choices: [
      { value: 'yes', label: yes },
      { value: 'no', label: no },
    ],
    pick: (value) => ({ ...condition, not: value === 'no' }),
  });
  if (test === 'attachment') return yesOrNo('has-attachment', 'no-attachment');
  if (test === 'account') return yesOrNo('is-account', 'not-account');
  if (test === 'size') {
    return {
      value: condition.over ? 'over' : 'under',
      choices: [
        { value: 'over', label: 'over' },
        { value: 'under', label: 'under' },
      ],
      pick: (value) => ({ ...condition, over: value === 'over' }),
    };
  }
  const matches = test === 'header' ? [...MATCHES, 'exists' as const] : MATCHES;
  const names = matches.flatMap((one) => [one, `not-${one}` as const]);
  return {
    value: not ? `not-${match}` : match,
    choices: names.map((name) => ({ value: name, label: name })),
    pick: (value) => ({
      ...condition,
      not: value.startsWith('not-'),
      match: value.replace('not-', '') as ConditionDraft['match'],
    }),
  };
}

function listAccounts(
  accounts: readonly { id: string; email: string }[],
  chosen: string,
  gone: string,
): Choice[] {
  const choices = accounts.map(({ id, email }) => ({ value: id, label: email }));
  if (chosen === '') return [{ value: '', label: '—' }, ...choices];
  return accounts.some(({ id }) => id === chosen) ? choices : [{ value: chosen, label: gone }, ...choices];
}
