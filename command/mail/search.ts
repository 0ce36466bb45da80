import type { MailRow } from '../../common/shapes/mail.ts';
import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { formatTable } from '../format.ts';
import { cleanText } from '../report.ts';
import { ask, type Connection } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { LIMIT, formatRow } from './list.ts';

/** The server takes no more ids at once. */
const SNIPPETS_AT_ONCE = 50;
const BOLD = ['\u001b[1m', '\u001b[22m'] as const;

interface Marked {
  id: string;
  text: string;
  ranges: readonly (readonly [number, number])[];
}

/** `search QUERY`: newest first. Several words may be typed without quotes around all of them. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limit = typed.text('limit');
  const rows = limit === undefined ? LIMIT.default : readNumber('--limit', limit, 1, LIMIT.max);
  const { storage } = await call.connect();
  const query = typed.words.join(' ');
  const { mails, next, total } = await ask(
    storage.search.find.query({
      query,
      limit: rows,
      after: typed.text('after') ?? null,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
  );
  const page = { mails, next, total };
  const snippets = call.json ? [] : await readSnippets(storage, query, mails);
  return { value: page, text: formatResults(page, snippets, call) };
}

async function readSnippets(
  storage: Connection['storage'],
  query: string,
  mails: readonly MailRow[],
): Promise<Marked[]> {
  const found: Marked[] = [];
  for (let at = 0; at < mails.length; at += SNIPPETS_AT_ONCE) {
    const ids = mails.slice(at, at + SNIPPETS_AT_ONCE).map(({ id }) => id);
    const { snippets } = await ask(storage.search.snippets.query({ query, ids }));
    for (const one of snippets) found.push(one);
  }
  return found;
}

function formatResults(
  { mails, next, total }: { mails: MailRow[]; next: string | null; total: number | null },
  snippets: readonly Marked[],
  call: Call,
): string {
  const words = call.words();
  if (mails.length === 0) return words.noResults;
  const marked = new Map(snippets.map((one) => [one.id, one]));
  const table = formatTable(mails.map((mail) => formatRow(mail, call))).split('\n');
  const lines = mails.flatMap(({ id }, index) => {
    const snippet = marked.get(id);
    const row = table[index] ?? '';
    return snippet === undefined || snippet.text === '' ? [row] : [row, `    ${formatMarked(snippet)}`];
  });
  if (total !== null) lines.push('', fill(words.foundOf, { shown: mails.length, total }));
  if (next !== null) lines.push(fill(words.more, { cursor: next }));
  return lines.join('\n');
}

/** The found words in bold where somebody is looking. */
function formatMarked({ text, ranges }: Marked): string {
  const [begin, end] = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? BOLD : ['', ''];
  let line = '';
  let at = 0;
  for (const [from, to] of ranges) {
    line += `${cleanText(text.slice(at, from))}${begin}${cleanText(text.slice(from, to))}${end}`;
    at = to;
  }
  return line + cleanText(text.slice(at));
}
