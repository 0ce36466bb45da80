import type { BlobReader } from '../../../storage-server/blob/blob-reader.ts';
import { matchRow, type RowFacts } from '../../../storage-server/search/query/match-row.ts';
import type { Query, TextField } from '../../../storage-server/search/query/query.ts';
import { listStems } from '../../../storage-server/search/text/stems.ts';
import {
  type MailText,
  openMail,
  readMailText,
  type StoredMail,
  TEXT_COLUMNS,
} from '../../../storage-server/search/text/read-mail-text.ts';
import { WordWriter } from '../../../storage-server/search/text/word-writer.ts';
import type {
  Found,
  IndexedRow,
  IndexedText,
  IndexState,
  SearchIndex,
  Stretch,
} from '../../../storage-server/search/index/search-index.ts';

const FIELDS: Record<TextField, keyof MailText> = {
  from: 'sender',
  to: 'recipients',
  cc: 'copies',
  subject: 'subject',
  filename: 'names',
};

/** The second SearchIndex: keeps all words and answers by reading them from their begin to their end. What the file must agree with. */
export class MemoryIndex implements SearchIndex {
  readonly #mails = new Map<number, { row: IndexedRow; text: MailText }>();
  #state: IndexState = { modseq: 0, mail: 0, removed: 0 };

  readState(): IndexState {
    return this.#state;
  }

  findCurrent(rows: readonly IndexedRow[]): Set<number> {
    const same = rows.filter(({ mail, header, body, date }) => {
      const known = this.#mails.get(mail)?.row;
      return known?.header === header && known.body === body && known.date === date;
    });
    return new Set(same.map(({ mail }) => mail));
  }

  save({ rows, removed, state }: Parameters<SearchIndex['save']>[0]): void {
    for (const mail of removed) this.#mails.delete(mail);
    for (const { row, text } of rows) this.#put(row, text);
    if (state !== null) this.#state = state;
  }

  find(query: Query, { before, from }: Stretch, limit: number): Found[] {
    return [...this.#mails.values()]
      .toSorted((a, b) => a.row.date - b.row.date || a.row.mail - b.row.mail)
      .map(({ row, text }, at) => ({ place: at + 1, mail: row.mail, row, text }))
      .toReversed()
      .filter(({ place }) => place >= from && (before === null || place < before))
      .filter(({ row, text }) => scan(query, text, toFacts(row)))
      .slice(0, limit)
      .map(({ place, mail }) => ({ place, mail }));
  }

  count(query: Query, stretch: Stretch, most: number): number {
    return this.find(query, stretch, most).length;
  }

  chooseStop(): number {
    return 0;
  }

  close(): void {
    this.#mails.clear();
  }

  #put(row: IndexedRow, text: IndexedText | null): void {
    const known = this.#mails.get(row.mail);
    if (known !== undefined && known.row.modseq > row.modseq) return;
    const words = text?.text ?? known?.text;
    if (words !== undefined) this.#mails.set(row.mail, { row, text: words });
  }
}

export function toFacts(row: IndexedRow): RowFacts {
  return {
    ...row,
    accounts: row.accounts.split(','),
    labels: row.labels.split('\n').filter((label) => label !== ''),
  };
}

/** A stored mail's words, for an index. */
export async function readText(blobs: BlobReader, mail: StoredMail): Promise<IndexedText> {
  return { text: await readMailText(await openMail(blobs, mail), new WordWriter()), sender: null };
}

/** Whether a mail is a result, from its words and its row alone. */
export function scan(query: Query, text: MailText, row: RowFacts): boolean {
  if (query.kind === 'and') return query.of.every((one) => scan(one, text, row));
  if (query.kind === 'or') return query.of.some((one) => scan(one, text, row));
  if (query.kind === 'not') return !scan(query.of, text, row);
  if (query.kind !== 'text') return matchRow(query, row);
  const { field, words, exact, prefix } = query;
  return (field === null ? TEXT_COLUMNS : [FIELDS[field]]).some((column) => {
    const all = text[column].toString().split(' ');
    if (exact || prefix) {
      return all.some((_word, start) =>
        words.every((word, index) => {
          const there = all[start + index] ?? '';
          return prefix && index === words.length - 1 ? there.startsWith(word) : there === word;
        }),
      );
    }
    const forms = new Set([words[0] ?? '', ...listStems(words[0] ?? '')]);
    return all.some((word) => forms.has(word) || listStems(word).some((stem) => forms.has(stem)));
  });
}
