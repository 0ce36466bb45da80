import { matchRow, type RowFacts } from '../../../storage-server/search/query/match-row.ts';
import type { Query, TextField } from '../../../storage-server/search/query/query.ts';
import { listStems } from '../../../storage-server/search/text/stems.ts';
import type { MailText } from '../../../storage-server/search/text/read-mail-text.ts';

const FIELDS: Record<TextField, (keyof MailText)[]> = {
  from: ['sender'],
  to: ['recipients'],
  cc: ['copies'],
  subject: ['subject'],
};
const ALL: (keyof MailText)[] = ['sender', 'recipients', 'copies', 'subject', 'body', 'names', 'headers'];

/** The same question answered by reading the mail from its begin to its end: what the index must agree with. */
export function scan(query: Query, text: MailText, row: RowFacts): boolean {
  if (query.kind === 'and') return query.of.every((one) => scan(one, text, row));
  if (query.kind === 'or') return query.of.some((one) => scan(one, text, row));
  if (query.kind === 'not') return !scan(query.of, text, row);
  if (query.kind !== 'text') return matchRow(query, row);
  const { field, words, exact, prefix } = query;
  return (field === null ? ALL : FIELDS[field]).some((column) => {
    const all = text[column].split(' ');
    if (exact || prefix) {
      return all.some((_word, start) =>
        words.every((word, index) => {
          const there = all[start + index] ?? '';
          return prefix && index === words.length - 1 ? there.startsWith(word) : there === word;
        }),
      );
    }
    const forms = new Set([words[0] ?? '', ...listStems(words[0] ?? '')]);
    const varied = column === 'subject' || column === 'body';
    return all.some((word) => forms.has(word) || (varied && listStems(word).some((stem) => forms.has(stem))));
  });
}
