import type { IndexedRow, SavedRow } from '../../../../storage-server/search/index/search-index.ts';
import type { WordFilter } from '../../../../storage-server/search/text/word-filter.ts';
import { WordWriter } from '../../../../storage-server/search/text/word-writer.ts';

const EMPTY = Buffer.alloc(0);

/** A mail with a text and nothing else; `source` another one for other bytes. */
export function makeSavedRow(
  filter: WordFilter,
  mail: number,
  date: number,
  text: string,
  source = 'body',
): { saved: SavedRow; fresh: string[] } {
  const words = new WordWriter(filter);
  words.write(Buffer.from(text));
  const body = words.take();
  const row: IndexedRow = {
    mail,
    modseq: mail,
    date,
    size: 100,
    flags: 0,
    attachments: 0,
    mailbox: 'mbx',
    accounts: 'acc',
    labels: '',
    header: `header${mail}`,
    body: `${source}${mail}`,
  };
  const none = {
    subject: EMPTY,
    sender: EMPTY,
    recipients: EMPTY,
    copies: EMPTY,
    names: EMPTY,
    headers: EMPTY,
  };
  return { saved: { row, text: { text: { body, ...none }, sender: null } }, fresh: words.fresh };
}
