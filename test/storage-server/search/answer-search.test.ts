import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { parseQuery } from '../../../storage-server/search/query/parse-query.ts';
import { answerSearch } from '../../../storage-server/search/index/answer-search.ts';
import { IndexShelf } from '../../../storage-server/search/index/index-shelf.ts';
import type { IndexedRow } from '../../../storage-server/search/index/search-index.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const HEADER = Buffer.from('From: Bea <bea@ok.test>\r\nSubject: The plan\r\n\r\n');
const BODY = Buffer.from('A picnic at the lake.\r\n');
const ROW: IndexedRow = {
  mail: 1,
  modseq: 1,
  date: Date.UTC(2026, 10, 22),
  size: HEADER.length + BODY.length,
  flags: 0,
  attachments: 0,
  mailbox: 'mbx_inbox',
  accounts: 'acc_1',
  labels: '',
  header: 'header',
  body: 'body',
};

const LOST = new MailError('not-found', 'blob is not there', { reason: 'blob' });

describe('a mail whose bytes cannot be read as it is indexed', () => {
  const directory = makeTempDir('index');
  const shelf = new IndexShelf(directory.path);
  after(directory.remove);

  /** Blobs of which none can be read, for this reason, until `mend` is called. */
  const makeBlobs = (reason: MailError) => {
    let broken = true;
    const read = async (id: string): Promise<Buffer> => {
      if (broken) throw reason;
      return id === ROW.header ? HEADER : BODY;
    };
    const open = async function* (id: string, start: number, end: number): AsyncGenerator<Buffer> {
      yield (await read(id)).subarray(start, end);
    };
    return { read, open, mend: () => (broken = false) };
  };
  const count = async (user: string, words: string): Promise<number> => {
    const request = { kind: 'find', user, query: parseQuery(words, null), before: null, limit: 10 } as const;
    return (await answerSearch(shelf, makeBlobs(LOST), request)).found.length;
  };

  it('is indexed again where the reason passes', async () => {
    const blobs = makeBlobs(new MailError('unavailable', 'no file can be opened now'));
    const index = async () => await answerSearch(shelf, blobs, { kind: 'index', user: 'u1', rows: [ROW] });
    await assert.rejects(index(), { code: 'unavailable' });
    blobs.mend();
    await index();
    assert.equal(await count('u1', 'picnic'), 1);
  });

  it('is found by its row alone where they are lost', async () => {
    await answerSearch(shelf, makeBlobs(LOST), { kind: 'index', user: 'u2', rows: [ROW] });
    assert.deepEqual([await count('u2', 'picnic'), await count('u2', 'is:unread')], [0, 1]);
  });
});
