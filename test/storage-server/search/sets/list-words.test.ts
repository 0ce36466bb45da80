import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Sqlite from 'better-sqlite3';
import { listWords } from '../../../../storage-server/search/index/sets/set-store.ts';

describe('the words whose sets are made next', () => {
  let db: Sqlite.Database;
  before(() => {
    db = new Sqlite(':memory:');
    db.exec("CREATE VIRTUAL TABLE mail_text USING fts5(body, content = '', tokenize = 'ascii')");
    const save = db.prepare('INSERT INTO mail_text (rowid, body) VALUES (?, ?)');
    for (let mail = 1; mail <= 100; mail++) save.run(mail, `all also every once${mail % 50}`);
  });
  after(() => db.close());

  const list = (behind: string, words: number, mails: number): [words: string[], more: boolean] => {
    const found = listWords((sql) => db.prepare(sql), behind, { words, mails });
    return [found.words.map(({ word }) => word), found.more];
  };

  test('are so many at once', () => {
    assert.deepEqual(list('', 2, 1e6), [['all', 'also'], true]);
    assert.deepEqual(list('once8', 2, 1e6), [['once9'], false]);
    assert.deepEqual(list('once9', 2, 1e6), [[], false]);
  });

  test('are fewer where many mails have each: nobody else writes meanwhile', () => {
    assert.deepEqual(list('', 1000, 150), [['all', 'also'], true]);
    assert.deepEqual(list('also', 1000, 1), [['every'], true]);
  });
});
