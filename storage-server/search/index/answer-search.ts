import { MailError } from '../../../common/errors.ts';
import type { BlobReader } from '../../blob/blob-reader.ts';
import { markMail } from '../snippet/mark-mail.ts';
import { readSender, openMail, readMailText } from '../text/read-mail-text.ts';
import { WordWriter } from '../text/word-writer.ts';
import type { IndexShelf } from './index-shelf.ts';
import type { IndexFile } from './index-store.ts';
import type { IndexedRow, IndexedText, SavedRow } from './search-index.ts';
import { suggestFrom } from './suggest-from.ts';
import type { MarkedText, SearchAnswer, SearchRequest } from './thread-protocol.ts';

const NOTHING: Omit<SearchAnswer, 'state'> = {
  newest: 0,
  found: [],
  stop: 0,
  count: 0,
  more: false,
  people: [],
  words: [],
  snippets: [],
};

/** Does what one request asks of a user's index. */
export async function answerSearch(
  shelf: IndexShelf,
  blobs: BlobReader,
  request: SearchRequest,
): Promise<SearchAnswer> {
  const { user } = request;
  if (request.kind === 'drop') shelf.drop(user);
  const index = shelf.find(user);
  const answer = await answerKind(shelf, index, blobs, request);
  return { ...NOTHING, ...answer, state: index.readState() };
}

async function answerKind(
  shelf: IndexShelf,
  index: IndexFile,
  blobs: BlobReader,
  request: SearchRequest,
): Promise<Partial<SearchAnswer>> {
  switch (request.kind) {
    case 'index': {
      const change = await readChanges(index, blobs, request.rows);
      // Meanwhile another request may have closed it.
      shelf.find(request.user).save({ ...change, removed: [], state: null });
      return {};
    }
    case 'state':
      return { newest: index.readNewest() };
    case 'finish':
      index.save({ rows: [], fresh: [], removed: request.removed, state: request.state });
      return {};
    case 'find': {
      const { query, before, limit } = request;
      const stretch = { before, from: index.chooseStop(before) };
      return { found: index.find(query, stretch, limit), stop: stretch.from };
    }
    case 'count': {
      const { query, before, most } = request;
      const stretch = { before, from: index.chooseStop(before) };
      return { count: index.count(query, stretch, most), stop: stretch.from };
    }
    case 'tidy':
      return { more: index.tidy(request.sets) };
    case 'suggest':
      return suggestFrom(index, request);
    case 'snippets':
      return { snippets: await readSnippets(index, blobs, request) };
    default:
      return {};
  }
}

async function readChanges(
  index: IndexFile,
  blobs: BlobReader,
  rows: readonly IndexedRow[],
): Promise<{ rows: SavedRow[]; fresh: string[] }> {
  const current = index.findCurrent(rows);
  const words = new WordWriter(index.filter);
  const changes: SavedRow[] = [];
  for (const row of rows) {
    changes.push({ row, text: current.has(row.mail) ? null : await readText(blobs, row, words) });
  }
  return { rows: changes, fresh: words.fresh };
}

/** A mail whose bytes are lost is found by its row alone, and does not hold up the others; what passes is tried again. */
async function readText(blobs: BlobReader, row: IndexedRow, words: WordWriter): Promise<IndexedText> {
  try {
    const mail = await openMail(blobs, row);
    return { text: await readMailText(mail, words), sender: readSender(mail.headers) };
  } catch (error) {
    if (isPassing(error)) throw error;
    const none = Buffer.alloc(0);
    const text = {
      body: none,
      subject: none,
      sender: none,
      recipients: none,
      copies: none,
      names: none,
      headers: none,
    };
    return { text, sender: null };
  }
}

async function readSnippets(
  index: IndexFile,
  blobs: BlobReader,
  { query, mails }: Extract<SearchRequest, { kind: 'snippets' }>,
): Promise<MarkedText[]> {
  const marked: MarkedText[] = [];
  for (const mail of mails) {
    try {
      marked.push(await markMail(await openMail(blobs, mail), query, (word) => index.listForms(word)));
    } catch (error) {
      if (isPassing(error)) throw error;
      marked.push({ text: '', ranges: [] });
    }
  }
  return marked;
}

function isPassing(error: unknown): boolean {
  return error instanceof MailError && error.temporary;
}
