import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Sqlite from 'better-sqlite3';
import { IndexFile } from '../../../../storage-server/search/index/index-store.ts';
import { removeIndex } from '../../../../storage-server/search/index/index-tables.ts';
import { NearShelf } from '../../../../storage-server/search/index/sets/near-shelf.ts';
import { parseQuery } from '../../../../storage-server/search/query/parse-query.ts';
import { makeTempDir } from '../../../harness/tempdir.ts';
import { makeSavedRow } from './saved-row.ts';

const ALL = { before: null, from: 0 };
const BEGIN = Date.UTC(2020, 0, 1);
const MINUTE = 60_000;
const MAILS = 20_500;
const LIMIT = 60;

/** Of a mail, from its number: some words that many have, and some that few have. */
function writeText(mail: number): string {
  const words = ['alpha', mail % 2 === 0 ? 'even' : 'odd', `tens${mail % 10}`, `fifties${mail % 50}`];
  if (mail % 150 < 2) words.push('running');
  if (mail % 100 === 2) words.push('runs');
  return `${words.join(' ')} rare${mail % 3000}`;
}

describe('what sets of common words answer', () => {
  let directory: ReturnType<typeof makeTempDir>;
  let index: IndexFile;
  let near: NearShelf;
  before(() => {
    directory = makeTempDir('near-index');
    index = new IndexFile(join(directory.path, 'ana.sqlite'));
    near = new NearShelf(directory.path);
    save(Array.from({ length: MAILS }, (_, mail) => mail + 1));
  });
  after(() => {
    near.close();
    index.close();
    directory.remove();
  });

  function save(
    mails: readonly number[],
    dateOf = (mail: number) => BEGIN + mail * MINUTE,
    text = writeText,
  ): void {
    const made = mails.map((mail) => makeSavedRow(index.filter, mail, dateOf(mail), text(mail)));
    const fresh = made.flatMap((one) => one.fresh);
    index.save({ rows: made.map(({ saved }) => saved), fresh, removed: [], state: null });
  }
  const tidy = (): void => {
    while (index.tidy(true));
  };
  const findNear = (query: string, limit = LIMIT): number[] | null =>
    near.find('ana', parseQuery(query, null), limit)?.found.map(({ mail }) => mail) ?? null;
  const findFully = (query: string, limit = LIMIT) => index.find(parseQuery(query, null), ALL, limit);
  const QUERIES = [
    'alpha',
    'even tens3',
    'odd tens3',
    'odd tens3 fifties13',
    'fifties7 fifties8',
    'running even',
    'runs tens2',
    'RUNNING tens1',
    'alpha even tens2 fifties12',
  ];
  /** The same, in the same places, as the full text. */
  const compare = (): void => {
    for (const query of QUERIES) {
      for (const limit of [1, LIMIT, 1000]) {
        const answer = near.find('ana', parseQuery(query, null), limit);
        assert.deepEqual(answer?.found, findFully(query, limit), `${query}, ${limit}`);
      }
    }
  };

  test('is nothing before they are made, nor of somebody without an index', () => {
    assert.equal(findNear('alpha even'), null);
    assert.equal(near.find('bea', parseQuery('alpha', null), LIMIT), null);
  });

  test('is what the full text says', () => {
    tidy();
    assert.ok((findNear('even tens4') ?? []).length === LIMIT);
    assert.deepEqual(findNear('even tens3'), []);
    compare();
  });

  test('is nothing for what is not about common words alone', () => {
    const others = [
      'rare7',
      'even rare8',
      '"even tens2"',
      'even -tens2',
      'even OR odd',
      'subject:even',
      'ev*',
    ];
    for (const query of [...others, 'even is:unread', 'is:unread', 'nowhere']) {
      assert.equal(findNear(query), null, query);
    }
  });

  test('counts in what came since, what went, and what has other words now', () => {
    save(Array.from({ length: 300 }, (_, at) => MAILS + 1 + at));
    compare();
    index.save({ rows: [], fresh: [], removed: [MAILS + 5, MAILS - 1, 20_000, 19_998, 3], state: null });
    compare();
    // Another text, the same date: its place is used again.
    const changed = [MAILS - 4, MAILS - 10, MAILS + 20];
    for (const mail of changed) {
      const { saved, fresh } = makeSavedRow(
        index.filter,
        mail,
        BEGIN + mail * MINUTE,
        'even odd tens3',
        'anew',
      );
      index.save({ rows: [saved], fresh, removed: [], state: null });
    }
    assert.deepEqual(
      findNear('even odd'),
      changed.toSorted((a, b) => b - a),
    );
    compare();
    assert.equal(findNear('tens3 runner'), null);
  });

  test('tells up to which change it is', () => {
    index.save({ rows: [], fresh: [], removed: [], state: { modseq: 77, mail: 5, removed: 70 } });
    const answer = near.find('ana', parseQuery('even', null), 1);
    assert.deepEqual(answer?.state, { modseq: 77, mail: 5, removed: 70 });
  });

  test('is nothing while old mail has come, and is right again when the sets are made anew', () => {
    save([MAILS + 1000], () => BEGIN - MINUTE);
    assert.equal(findNear('even tens2'), null);
    save(
      Array.from({ length: 1000 }, (_, at) => MAILS + 1001 + at),
      (mail) => BEGIN - mail * MINUTE,
    );
    tidy();
    compare();
    assert.ok((findNear('alpha', 100_000) ?? []).length > MAILS);
  });

  test('is right where a server of before the sets wrote into the file meanwhile', () => {
    assert.notEqual(findNear('even tens2'), null);
    const [newest = 0] = findNear('alpha', 1) ?? [];
    const old = new Sqlite(join(directory.path, 'ana.sqlite'));
    const id = old.prepare('SELECT id FROM doc WHERE mail = ?').pluck().get(newest);
    for (const [table, row] of [
      ['mail_text', 'rowid'],
      ['doc', 'id'],
    ] as const) {
      old.prepare(`DELETE FROM ${table} WHERE ${row} = ?`).run(id);
    }
    old.close();
    compare();
  });

  test('is nothing where another version makes the index anew, or it was thrown away', () => {
    const file = join(directory.path, 'ana.sqlite');
    assert.notEqual(findNear('even tens2'), null);
    index.close();
    const old = new Sqlite(file);
    old.pragma('user_version = 1');
    old.close();
    index = new IndexFile(file);
    assert.equal(findNear('even tens2'), null);
    index.close();
    removeIndex(file);
    assert.equal(findNear('even tens2'), null);
    index = new IndexFile(file);
    assert.equal(findNear('even tens2'), null, 'a few mails need no sets');
  });

  test('is nothing where the file is damaged, which its own thread is to say', () => {
    save(Array.from({ length: 20_000 }, (_, mail) => mail + 1));
    tidy();
    assert.notEqual(findNear('even tens2'), null);
    near.close();
    index.close();
    const file = join(directory.path, 'ana.sqlite');
    writeFileSync(file, readFileSync(file).fill(0xa5, 4096));
    assert.equal(findNear('even tens2'), null);
    index = new IndexFile(join(directory.path, 'bea.sqlite'));
  });

  test('leaves no file open that is no index', { skip: process.platform !== 'linux' }, () => {
    const file = join(directory.path, 'carl.sqlite');
    writeFileSync(file, Buffer.alloc(8192, 0xa5));
    for (let turn = 0; turn < 5; turn++) {
      assert.equal(near.find('carl', parseQuery('alpha', null), LIMIT), null);
    }
    const links = readdirSync('/proc/self/fd').map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return '';
      }
    });
    assert.deepEqual(
      links.filter((link) => link.startsWith(file)),
      [],
    );
  });
});
