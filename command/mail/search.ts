import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { LIMIT, formatRow } from './list.ts';

/** `search QUERY`: newest first. Several words may be typed without quotes around all of them. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limit = typed.text('limit');
  const rows = limit === undefined ? LIMIT.default : readNumber('--limit', limit, 1, LIMIT.max);
  const { storage } = await call.connect();
  const page = await ask(
    storage.search.find.query({
      query: typed.words.join(' '),
      limit: rows,
      after: typed.text('after') ?? null,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
  );
  return { value: page, text: formatResults(page, call) };
}

function formatResults(
  {
    mails,
    next,
    total,
  }: { mails: Parameters<typeof formatRow>[0][]; next: string | null; total: number | null },
  call: Call,
): string {
  const words = call.words();
  if (mails.length === 0) return words.noResults;
  const lines = [formatTable(mails.map((mail) => formatRow(mail, call)))];
  if (total !== null) lines.push('', fill(words.foundOf, { shown: mails.length, total }));
  if (next !== null) lines.push(fill(words.more, { cursor: next }));
  return lines.join('\n');
}
