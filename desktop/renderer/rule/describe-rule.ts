import type { RuleAction, RuleCondition, RuleForm } from '../../../common/shapes/rule.ts';
import type { RuleText } from '../text/rules.ts';
import type { Say } from '../text/text.ts';
import { formatMegabytes } from './rule-draft.ts';

/** Names of what a rule mentions by id. */
export interface RuleNames {
  account(id: string): string | null;
}

/** A rule's conditions and its actions, each in one line for the list of rules. */
export function describeRule(
  form: RuleForm,
  t: Say<RuleText>,
  names: RuleNames,
): { when: string; what: string } {
  const conditions = form.conditions.map((condition) => describeCondition(condition, t, names));
  const actions = form.actions.map((action) => describeAction(action, t));
  return {
    when: conditions.length === 0 ? t('all') : joinParts(conditions, t, form.all ? 'joined' : 'either'),
    what: joinParts(actions, t, 'joined'),
  };
}

function joinParts(parts: readonly string[], t: Say<RuleText>, how: 'joined' | 'either'): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : t(how, { first: parts.slice(0, -1).join(', '), second: last });
}

function describeCondition(condition: RuleCondition, t: Say<RuleText>, names: RuleNames): string {
  const { test } = condition;
  if (test === 'size') {
    const size = `${formatMegabytes(condition.bytes)} ${t('megabytes')}`;
    return `${t('size')} ${t(condition.over ? 'over' : 'under')} ${size}`;
  }
  if (test === 'attachment')
    return `${t('attachment')}: ${t(condition.not ? 'no-attachment' : 'has-attachment')}`;
  if (test === 'account') {
    const account = names.account(condition.account) ?? t('account-gone');
    return `${t('account')} ${t(condition.not ? 'not-account' : 'is-account')} ${account}`;
  }
  const what = test === 'header' ? condition.header : t(test);
  const how = t(condition.not ? `not-${condition.match}` : condition.match);
  return condition.match === 'exists'
    ? `${what} ${how}`
    : `${what} ${how} ${t('quoted', { value: condition.value })}`;
}

function describeAction(action: RuleAction, t: Say<RuleText>): string {
  switch (action.action) {
    case 'file':
      return `${t('file')} ${action.mailbox}`;
    case 'label':
      return `${t('label')} ${action.label}`;
    case 'forward':
      return `${t('forward')} ${action.address}`;
    default:
      return t(action.action);
  }
}
