import type { RuleAction, RuleCondition, RuleForm } from '../../../common/shapes/rule.ts';
import type { RuleText } from '../text/rules.ts';

/** Megabytes as people mean them for mail: of 1024². */
const MEGABYTE = 1024 * 1024;

/** One condition as it is being typed; which of its fields count depends on `test`. */
export interface ConditionDraft {
  key: number;
  test: RuleCondition['test'];
  match: 'contains' | 'is' | 'matches' | 'exists';
  not: boolean;
  header: string;
  value: string;
  over: boolean;
  account: string;
}

export interface ActionDraft {
  key: number;
  action: RuleAction['action'];
  mailbox: string;
  label: string;
  address: string;
  keep: boolean;
  subject: string;
  text: string;
  days: string;
}

/** The form's fields as they are typed. */
export interface RuleDraft {
  all: boolean;
  conditions: ConditionDraft[];
  actions: ActionDraft[];
}

/** What is wrong, by `KEY.FIELD` of a condition or action; `actions` when there is none. */
export type DraftProblems = ReadonlyMap<string, RuleText>;

let lastKey = 0;

export function makeCondition(condition?: RuleCondition): ConditionDraft {
  const draft: ConditionDraft = {
    key: (lastKey += 1),
    test: 'from',
    match: 'contains',
    not: false,
    header: '',
    value: '',
    over: true,
    account: '',
  };
  if (condition === undefined) return draft;
  const { test } = condition;
  if (test === 'size')
    return { ...draft, test, over: condition.over, value: formatMegabytes(condition.bytes) };
  if (test === 'attachment') return { ...draft, test, not: condition.not };
  if (test === 'account') return { ...draft, test, not: condition.not, account: condition.account };
  return { ...draft, ...condition };
}

export function makeAction(action?: RuleAction): ActionDraft {
  const draft: ActionDraft = {
    key: (lastKey += 1),
    action: 'file',
    mailbox: '',
    label: '',
    address: '',
    keep: true,
    subject: '',
    text: '',
    days: '7',
  };
  if (action === undefined) return draft;
  if (action.action === 'vacation') {
    const { subject, text, days } = action;
    return { ...draft, action: 'vacation', subject: subject ?? '', text, days: String(days) };
  }
  return { ...draft, ...action };
}

export function makeDraft(form: RuleForm | null): RuleDraft {
  if (form === null) return { all: true, conditions: [makeCondition()], actions: [makeAction()] };
  return {
    all: form.all,
    conditions: form.conditions.map(makeCondition),
    actions: form.actions.map(makeAction),
  };
}

/** The form that was typed; null, and what is wrong, when it is not complete. */
export function readDraft(draft: RuleDraft): { form: RuleForm | null; problems: DraftProblems } {
  const problems = new Map<string, RuleText>();
  const conditions = draft.conditions.map((condition) => readCondition(condition, problems));
  const actions = draft.actions.map((action) => readAction(action, problems));
  if (actions.length === 0) problems.set('actions', 'actions-missing');
  return { form: problems.size > 0 ? null : { all: draft.all, conditions, actions }, problems };
}

function readCondition(draft: ConditionDraft, problems: Map<string, RuleText>): RuleCondition {
  const { key, test, not, match, value } = draft;
  if (test === 'attachment') return { test, not };
  if (test === 'account') {
    if (draft.account === '') problems.set(`${key}.account`, 'which-missing');
    return { test, not, account: draft.account };
  }
  if (test === 'size') {
    const bytes = readMegabytes(value);
    if (bytes === null) problems.set(`${key}.value`, 'size-bad');
    return { test, over: draft.over, bytes: bytes ?? 0 };
  }
  if (match !== 'exists' && value.trim() === '') problems.set(`${key}.value`, 'value-missing');
  if (test !== 'header') return { test, match: match === 'exists' ? 'contains' : match, not, value };
  const header = draft.header.trim().replace(/:$/, '');
  if (!/^[\u0021-\u0039\u003b-\u007e]{1,100}$/.test(header)) problems.set(`${key}.header`, 'field-name-bad');
  return { test, header, match, not, value: match === 'exists' ? '' : value };
}

function readAction(draft: ActionDraft, problems: Map<string, RuleText>): RuleAction {
  const { key, action } = draft;
  if (action === 'file') {
    if (draft.mailbox === '') problems.set(`${key}.mailbox`, 'which-missing');
    return { action, mailbox: draft.mailbox };
  }
  if (action === 'label') {
    const label = draft.label.trim();
    if (label === '') problems.set(`${key}.label`, 'which-missing');
    return { action, label };
  }
  if (action === 'forward') {
    const address = draft.address.trim();
    if (!/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address)) problems.set(`${key}.address`, 'address-bad');
    return { action, address, keep: draft.keep };
  }
  if (action !== 'vacation') return { action };
  const days = Number(draft.days);
  if (!Number.isInteger(days) || days < 1 || days > 365) problems.set(`${key}.days`, 'days-bad');
  if (draft.text.trim() === '') problems.set(`${key}.text`, 'answer-missing');
  return { action, subject: draft.subject.trim() || null, text: draft.text, days };
}

/** Bytes; a comma counts as a point. Null when it is not a size. */
export function readMegabytes(text: string): number | null {
  const size = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(size) || size <= 0 || size > 1_000_000) return null;
  return Math.max(1, Math.round(size * MEGABYTE));
}

/** As it is typed again: exact to the byte. */
export function formatMegabytes(bytes: number): string {
  for (let digits = 0; digits < 8; digits++) {
    const text = (bytes / MEGABYTE).toFixed(digits);
    if (readMegabytes(text) === bytes) return text;
  }
  return String(bytes / MEGABYTE);
}
