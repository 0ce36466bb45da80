import type { ComponentType } from 'react';
import { Button } from '../parts/button.tsx';
import { Segments } from '../parts/choice-fields.tsx';
import { ruleTexts } from '../text/rules.ts';
import { useText } from '../text/text.ts';
import { ActionRow, OwnMailbox, type MailboxProps } from './action-row.tsx';
import { ConditionRow, TESTS } from './condition-row.tsx';
import { makeAction, makeCondition, type DraftProblems, type RuleDraft } from './rule-draft.ts';

/** The rule as a form: conditions, whether all of them must hold, actions. */
export function FormFields({
  draft,
  problems,
  onDraft,
  Mailbox = OwnMailbox,
  tests = TESTS,
}: {
  draft: RuleDraft;
  problems: DraftProblems;
  onDraft: (draft: RuleDraft) => void;
  /** How a mailbox is chosen: a rule for others knows none of theirs. */
  Mailbox?: ComponentType<MailboxProps>;
  /** What can be compared. */
  tests?: typeof TESTS;
}) {
  const t = useText(ruleTexts);
  const missing = problems.get('actions');
  return (
    <>
      <fieldset className="group">
        <legend>{t('conditions')}</legend>
        {draft.conditions.length > 1 ? (
          <Segments
            label={t('match-label')}
            value={draft.all ? 'all' : 'any'}
            choices={[
              { value: 'all', label: t('match-all') },
              { value: 'any', label: t('match-any') },
            ]}
            onPick={(value) => onDraft({ ...draft, all: value === 'all' })}
          />
        ) : null}
        {draft.conditions.length === 0 ? <p className="field-hint">{t('every-mail')}</p> : null}
        <ul className="rule-lines">
          {draft.conditions.map((condition) => (
            <ConditionRow
              key={condition.key}
              condition={condition}
              tests={tests}
              problems={problems}
              onChange={(next) => onDraft({ ...draft, conditions: replace(draft.conditions, next) })}
              onRemove={() => onDraft({ ...draft, conditions: without(draft.conditions, condition) })}
            />
          ))}
        </ul>
        <div>
          <Button
            icon="plus"
            onClick={() => onDraft({ ...draft, conditions: [...draft.conditions, makeCondition()] })}
          >
            {t('add-condition')}
          </Button>
        </div>
      </fieldset>
      <fieldset className="group">
        <legend>{t('actions')}</legend>
        {missing === undefined ? null : <p className="field-problem">{t(missing)}</p>}
        <ul className="rule-lines">
          {draft.actions.map((action) => (
            <ActionRow
              key={action.key}
              action={action}
              Mailbox={Mailbox}
              problems={problems}
              onChange={(next) => onDraft({ ...draft, actions: replace(draft.actions, next) })}
              onRemove={() => onDraft({ ...draft, actions: without(draft.actions, action) })}
            />
          ))}
        </ul>
        <div>
          <Button
            icon="plus"
            onClick={() => onDraft({ ...draft, actions: [...draft.actions, makeAction()] })}
          >
            {t('add-action')}
          </Button>
        </div>
      </fieldset>
    </>
  );
}

function replace<Line extends { key: number }>(lines: readonly Line[], next: Line): Line[] {
  return lines.map((line) => (line.key === next.key ? next : line));
}

function without<Line extends { key: number }>(lines: readonly Line[], gone: Line): Line[] {
  return lines.filter(({ key }) => key !== gone.key);
}
