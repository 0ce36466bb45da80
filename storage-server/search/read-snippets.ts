import { askIndex } from './ask-index.ts';
import { type FindCore, readQuery } from './find-mails.ts';
import type { Query } from './query/query.ts';
import { readSources } from './search-store.ts';
import type { SearchSnippet } from './search.ts';
import { listSought } from './snippet/list-sought.ts';
import { findRanges } from './snippet/mark-text.ts';
import { listStems } from './text/stems.ts';

/** Mails of one request to a thread: others' searches come in between. */
const AT_ONCE = 10;

/** See Search in search.ts. */
export async function readSnippets(
  core: FindCore,
  user: string,
  text: string,
  ids: readonly string[],
): Promise<SearchSnippet[]> {
  const query = await readQuery(core, user, text, null);
  const rows = await core.mails.readRows(user, [...ids]);
  const numbers = rows.map(({ id }) => core.ids.read(user, id));
  const sources = await readSources(core.db.read, user, numbers);
  const found: SearchSnippet[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE).flatMap((row, index) => {
      const source = sources.get(numbers[at + index] ?? 0);
      return source === undefined ? [] : [{ row, source }];
    });
    const mails = some.map(({ source }) => source);
    const { snippets } = await askIndex(core, { kind: 'snippets', user, query, mails });
    for (const [index, { row }] of some.entries()) {
      const marked = snippets[index] ?? { text: '', ranges: [] };
      const [sender] = row.from;
      found.push({
        id: row.id,
        ...marked,
        subject: findRanges(row.subject, sought(query, 'subject')),
        sender: findRanges(sender?.name ?? sender?.address ?? '', sought(query, 'from')),
      });
    }
  }
  return found;
}

/** Without the index's knowledge of forms: what has a stem in common is marked all the same. */
function sought(query: Query, field: 'subject' | 'from'): ReturnType<typeof listSought> {
  return listSought(anywhere(query, field), (word) => [word, ...listStems(word)]);
}

/** What is sought in that field as if it were sought anywhere, and nothing of other fields. */
function anywhere(query: Query, field: 'subject' | 'from'): Query {
  if (query.kind === 'and' || query.kind === 'or') {
    return { kind: query.kind, of: query.of.map((one) => anywhere(one, field)) };
  }
  if (query.kind !== 'text' || query.field === null) return query;
  return query.field === field ? { ...query, field: null } : { kind: 'and', of: [] };
}
