import type { Millis } from '../../../common/time.ts';
import { packFlags } from '../../mail/mail-record.ts';
import type { MailText } from '../text/read-mail-text.ts';
import type { Query, RowCondition, TextCondition, TextField } from './query.ts';

const COLUMNS = {
  from: 'sender',
  to: 'recipients',
  cc: 'copies',
  subject: 'subject',
  filename: 'names',
} as const satisfies Record<TextField, keyof MailText>;

/** All forms of a word that the index knows, itself first. */
export type ListForms = (word: string) => string[];

/** How the index answers a query. */
export interface Plan {
  /** Expression of FTS5 that every result matches; null when only `where` decides. */
  match: string | null;
  /** SQL over the table `doc`. */
  where: string;
  params: (string | number)[];
  /** All results are from then on, and from before then; null where nothing is said of it. */
  since: Millis | null;
  until: Millis | null;
}

/** As much as can be is asked of the full-text table, which answers in the order of dates. */
export function planQuery(query: Query, forms: ListForms): Plan {
  const all = flatten(query);
  const positive: string[] = [];
  const negative: string[] = [];
  const rest: Query[] = [];
  for (const one of all) {
    const match = toMatch(one, forms);
    const denied = one.kind === 'not' ? toMatch(one.of, forms) : null;
    if (match !== null) positive.push(match);
    else if (denied !== null) negative.push(denied);
    else rest.push(one);
  }
  const plan: Plan = { match: null, where: '1', params: [], since: null, until: null };
  const wheres: string[] = [];
  if (positive.length > 0) plan.match = combine(positive, negative);
  else for (const match of negative) wheres.push(`NOT ${contain(match, plan.params)}`);
  for (const one of rest) {
    wheres.push(toSql(one, plan.params, forms));
    if (one.kind === 'after') plan.since = Math.max(one.at, plan.since ?? one.at);
    if (one.kind === 'before') plan.until = Math.min(one.at, plan.until ?? one.at);
  }
  if (wheres.length > 0) plan.where = wheres.map((one) => `(${one})`).join(' AND ');
  return plan;
}

function flatten(query: Query): Query[] {
  return query.kind === 'and' ? query.of.flatMap(flatten) : [query];
}

function combine(positive: readonly string[], negative: readonly string[]): string {
  const match = positive.map((one) => `(${one})`).join(' AND ');
  return negative.length === 0 ? match : `(${match}) NOT (${negative.map((one) => `(${one})`).join(' OR ')})`;
}

/** Null for what is not about words alone, or denies them without naming any: FTS5 knows "this but not that" only. */
function toMatch(query: Query, forms: ListForms): string | null {
  if (query.kind === 'text') return matchText(query, forms);
  if (query.kind === 'or') {
    const parts = query.of.map((one) => toMatch(one, forms));
    return parts.includes(null) ? null : parts.map((one) => `(${one})`).join(' OR ');
  }
  if (query.kind !== 'and') return null;
  const parts = flatten(query);
  const positive = parts.filter(({ kind }) => kind !== 'not').map((one) => toMatch(one, forms));
  const negative = parts
    .map((one) => (one.kind === 'not' ? toMatch(one.of, forms) : ''))
    .filter((one) => one !== '');
  if (positive.length === 0 || positive.includes(null) || negative.includes(null)) return null;
  return combine(positive as string[], negative as string[]);
}

function matchText({ field, words, exact, prefix }: TextCondition, forms: ListForms): string {
  const column = field === null ? '' : `${COLUMNS[field]} : `;
  if (exact || prefix) return `${column}"${words.join(' ')}"${prefix ? ' *' : ''}`;
  const all = forms(words[0] ?? '').map((form) => `"${form}"`);
  return all.length === 1 ? `${column}${all[0]}` : `${column}(${all.join(' OR ')})`;
}

function contain(match: string, params: (string | number)[]): string {
  params.push(match);
  return 'doc.id IN (SELECT rowid FROM mail_text WHERE mail_text MATCH ?)';
}

function toSql(query: Query, params: (string | number)[], forms: ListForms): string {
  const match = toMatch(query, forms);
  if (match !== null) return contain(match, params);
  if (query.kind === 'not') return `NOT (${toSql(query.of, params, forms)})`;
  if (query.kind === 'and' || query.kind === 'or') {
    const parts = query.of.map((one) => `(${toSql(one, params, forms)})`);
    return parts.join(query.kind === 'and' ? ' AND ' : ' OR ');
  }
  return query.kind === 'text' ? '0' : rowSql(query, params);
}

function rowSql(condition: RowCondition, params: (string | number)[]): string {
  const put = (sql: string, value: string | number): string => {
    params.push(value);
    return sql;
  };
  switch (condition.kind) {
    case 'mailbox':
      return put('doc.mailbox = ?', condition.name);
    case 'account':
      return put("instr(',' || doc.accounts || ',', ?) > 0", `,${condition.name},`);
    case 'before':
      return put('doc.date < ?', condition.at);
    case 'after':
      return put('doc.date >= ?', condition.at);
    case 'larger':
      return put('doc.size > ?', condition.bytes);
    case 'smaller':
      return put('doc.size < ?', condition.bytes);
    case 'label':
      return put('instr(doc.labels, ?) > 0', `\n${condition.name}\n`);
    case 'attachment':
      return 'doc.attachments > 0';
    default:
      return put(`(doc.flags & ?) ${condition.set ? '<>' : '='} 0`, packFlags([condition.flag]));
  }
}
