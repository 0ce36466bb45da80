import type { BlobReader } from '../../blob/blob-reader.ts';
import { readMailText, type MailText } from '../text/read-mail-text.ts';
import type { IndexShelf } from './index-shelf.ts';
import type { IndexedRow, SearchIndex } from './search-index.ts';
import type { SearchAnswer, SearchRequest } from './thread-protocol.ts';

const NO_TEXT: MailText = {
  sender: '',
  recipients: '',
  copies: '',
  subject: '',
  subject_stems: '',
  body: '',
  body_stems: '',
  names: '',
  headers: '',
};

/** Does what one request asks of a user's index. */
export async function answerSearch(
  shelf: IndexShelf,
  blobs: BlobReader,
  request: SearchRequest,
): Promise<SearchAnswer> {
  if (request.kind === 'drop') shelf.drop(request.user);
  let index = shelf.find(request.user);
  let answer: Omit<SearchAnswer, 'state'> = { found: [], count: 0 };
  if (request.kind === 'index') {
    const changes = await readChanges(index, blobs, request.rows);
    // Meanwhile another request may have closed it.
    index = shelf.find(request.user);
    index.save({ rows: changes, removed: [], state: null });
  } else if (request.kind === 'finish') {
    index.save({ rows: [], removed: request.removed, state: request.state });
  } else if (request.kind === 'find') {
    const found = index.find(request.plan, request.after, request.limit);
    const count = request.most === 0 ? 0 : index.count(request.plan, request.most);
    answer = { found, count };
  }
  return { ...answer, state: index.readState() };
}

async function readChanges(
  index: SearchIndex,
  blobs: BlobReader,
  rows: readonly IndexedRow[],
): Promise<{ row: IndexedRow; text: MailText | null }[]> {
  const known = new Map(index.readRows(rows.map(({ mail }) => mail)).map((row) => [row.mail, row]));
  const changes: { row: IndexedRow; text: MailText | null }[] = [];
  for (const row of rows) {
    const before = known.get(row.mail);
    const same = before?.header === row.header && before.body === row.body && before.date === row.date;
    changes.push({ row, text: same ? null : await readText(blobs, row) });
  }
  return changes;
}

/** A mail whose bytes cannot be read is found by its row alone, and does not hold up the others. */
async function readText(blobs: BlobReader, { header, body, size }: IndexedRow): Promise<MailText> {
  try {
    return await readMailText(blobs, { header, body, size });
  } catch {
    return NO_TEXT;
  }
}
