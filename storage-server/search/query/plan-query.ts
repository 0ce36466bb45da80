import { packFlags } from '../../mail/mail-record.ts';
import { listStems } from '../text/stems.ts';
import type { Query, RowCondition, TextCondition, TextField } from './query.ts';

/** Columns of the full-text table; see index/index-store.ts. */
export const COLUMNS = {
  from: ['sender'],
  to: ['recipients'],
  cc: ['copies'],
  subject: ['subject', 'subject_stems'],
} as const satisfies Record<TextField, readonly string[]>;
/** Where words stand as they were written, side by side. */
const WRITTEN = ['sender', 'recipients', 'copies', 'subject', 'body', 'names', 'headers'];
const STEMS = ['subject_stems', 'body_stems'];

/** How the index answers a query. */
export interface Plan {
  /** Expression of FTS5 that every result matches; null when only `where` decides. */
  match: string | null;
  /** SQL over the table `doc`. */
  where: string;
  params: (string | number)[];
}

/** As much as can be is asked of the full-text table, which answers in the order of dates. */
export function planQuery(query: Query): Plan {
  const all = flatten(query);
  const positive: string[] = [];
  const negative: string[] = [];
  const rest: Query[] = [];
  for (const one of all) {
    const match = toMatch(one);
    const denied = one.kind === 'not' ? toMatch(one.of) : null;
    if (match !== null) positive.push(match);
    else if (denied !== null) negative.push(denied);
    else rest.push(one);
  }
  const plan: Plan = { match: null, where: '1', params: [] };
  const wheres: string[] = [];
  if (positive.length > 0) plan.match = combine(positive, negative);
  else for (const match of negative) wheres.push(`NOT ${contain(match, plan.params)}`);
  for (const one of rest) wheres.push(toSql(one, plan.params));
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
function toMatch(query: Query): string | null {
  if (query.kind === 'text') return matchText(query);
  if (query.kind === 'or') {
    const parts = query.of.map(toMatch);
    return parts.includes(null) ? null : parts.map((one) => `(${one})`).join(' OR ');
  }
  if (query.kind !== 'and') return null;
  const parts = flatten(query);
  const positive = parts.filter(({ kind }) => kind !== 'not').map(toMatch);
  const negative = parts
    .map((one) => (one.kind === 'not' ? toMatch(one.of) : ''))
    .filter((one) => one !== '');
  if (positive.length === 0 || positive.includes(null) || negative.includes(null)) return null;
  return combine(positive as string[], negative as string[]);
}

function matchText({ field, words, exact, prefix }: TextCondition): string {
  const columns = field === null ? null : COLUMNS[field];
  const phrase = `"${words.join(' ')}"${prefix ? ' *' : ''}`;
  if (exact || prefix) {
    const written = columns === null ? WRITTEN : columns.filter((column) => !STEMS.includes(column));
    return `{${written.join(' ')}} : ${phrase}`;
  }
  const [word = ''] = words;
  const forms = [word, ...listStems(word)].map((form) => `"${form}"`).join(' OR ');
  return columns === null ? forms : `{${columns.join(' ')}} : (${forms})`;
}

function contain(match: string, params: (string | number)[]): string {
  params.push(match);
  return 'doc.id IN (SELECT rowid FROM mail_text WHERE mail_text MATCH ?)';
}

function toSql(query: Query, params: (string | number)[]): string {
  const match = toMatch(query);
  if (match !== null) return contain(match, params);
  if (query.kind === 'not') return `NOT (${toSql(query.of, params)})`;
  if (query.kind === 'and' || query.kind === 'or') {
    const parts = query.of.map((one) => `(${toSql(one, params)})`);
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
    case 'attachment':
      return 'doc.attachments > 0';
    default:
      return put(`(doc.flags & ?) ${condition.set ? '<>' : '='} 0`, packFlags([condition.flag]));
  }
}
