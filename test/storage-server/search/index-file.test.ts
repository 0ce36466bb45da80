import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Sqlite from 'better-sqlite3';
import type { SavedRow } from '../../../storage-server/search/index/search-index.ts';
import { IndexFile } from '../../../storage-server/search/index/index-store.ts';
import { readStructure } from '../../../storage-server/search/index/segments.ts';
import { parseQuery } from '../../../storage-server/search/query/parse-query.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { makeSavedRow } from './sets/saved-row.ts';

const ALL = { before: null, from: 0 };

describe('an index in a file', () => {
  let directory: ReturnType<typeof makeTempDir>;
  let file: string;
  let index: IndexFile;
  before(() => {
    directory = makeTempDir('index-file');
    file = join(directory.path, 'user.sqlite');
    index = new IndexFile(file);
  });
  after(() => {
    index.close();
    directory.remove();
  });
  const makeRow = (mail: number, date: number, text: string): { saved: SavedRow; fresh: string[] } =>
    makeSavedRow(index.filter, mail, date, text);
  const save = (mail: number, date: number, text: string): void => {
    const { saved, fresh } = makeRow(mail, date, text);
    index.save({ rows: [saved], fresh, removed: [], state: null });
  };
  const find = (query: string): number[] =>
    index.find(parseQuery(query, null), ALL, 10_000).map(({ mail }) => mail);
  const countSegments = (path = file): number => {
    const db = new Sqlite(path, { readonly: true });
    const block = db.prepare('SELECT block FROM mail_text_data WHERE id = 10').pluck().get() as Buffer;
    db.close();
    return readStructure(block).segments.length;
  };

  test('however many mails have one date, the last stands first, and dates still bound them', () => {
    const date = Date.UTC(2026, 0, 1);
    save(1, date + 3_600_000, 'later');
    for (let mail = 2; mail <= 600; mail++) save(mail, date, 'same');
    save(601, date - 1000, 'sooner');
    const expected = Array.from({ length: 599 }, (_, place) => 600 - place);
    assert.deepEqual(find('same'), expected);
    assert.deepEqual(find('same OR sooner OR later'), [1, ...expected, 601]);
    const next = new Date(date + 1000).toISOString();
    assert.deepEqual(
      index.find({ kind: 'and', of: [{ kind: 'before', at: Date.parse(next) }] }, ALL, 10_000).length,
      600,
    );
    assert.deepEqual(find('before:2026-01-01'), [601]);
    assert.deepEqual(find('same after:2026-01-01').length, 599);
  });

  test('of the same second what is older stands behind, also when it comes later', () => {
    const date = Date.UTC(2026, 1, 1);
    for (const [mail, more] of [
      [702, 20],
      [701, 10],
      [704, 40],
      [703, 40],
    ] as const)
      save(mail, date + more, 'second');
    assert.deepEqual(find('second').at(-1), 701);
    assert.deepEqual(new Set(find('second')), new Set([701, 702, 703, 704]));
  });

  test('what is saved at once stands in the order of its dates, also within a second', () => {
    const mails = Array.from({ length: 12 }, (_, at) => 750 + at);
    const date = Date.UTC(2026, 1, 2);
    const rows = mails.map((mail) => makeRow(mail, date + mail, 'together').saved).toReversed();
    index.save({ rows, fresh: [], removed: [], state: null });
    assert.deepEqual(find('together'), mails.toReversed());
  });

  test('the newest stand first, whatever the century', () => {
    const years = [1965, 1970, 1990, 2026, 2059, 2060, 2061, 2106, 9000];
    for (const [at, year] of years.entries()) save(800 + at, Date.UTC(year, 0, 1), 'century');
    const expected = years.map((_, at) => 800 + at);
    assert.deepEqual(new Set(find('century')), new Set(expected));
    assert.deepEqual(find('century').slice(0, -2), expected.toReversed().slice(0, -2));
    assert.deepEqual(find('century after:2059-12-31 before:2100-01-01'), [806, 805]);
    assert.deepEqual(find('century after:2100-01-01'), [808, 807]);
    const all = parseQuery('century', null);
    const second = index.find(all, ALL, 2)[1]!;
    const rest = index.find(all, { before: second.place, from: 0 }, 100).map(({ mail }) => mail);
    assert.deepEqual(rest, find('century').slice(2));
  });

  test('what is saved or removed at once is one piece, in whatever order it came', () => {
    const mails = Array.from({ length: 40 }, (_, at) => 10_000 + at);
    const make = (mail: number): SavedRow => makeRow(mail, Date.UTC(2026, 6, 1) + mail * 1000, 'piece').saved;
    for (const [nth, order] of [mails, mails.toReversed()].entries()) {
      const path = join(directory.path, `piece-${nth}.sqlite`);
      const own = new IndexFile(path);
      own.save({ rows: order.map(make), fresh: [], removed: [], state: null });
      assert.equal(countSegments(path), 1);
      own.save({ rows: order.slice(0, 20).map(make), fresh: [], removed: [], state: null });
      assert.equal(countSegments(path), 2);
      const found = own.find(parseQuery('piece', null), ALL, 100);
      assert.deepEqual(
        found.map(({ mail }) => mail),
        mails.toReversed(),
      );
      own.save({ rows: [], fresh: [], removed: order, state: null });
      assert.deepEqual(own.find(parseQuery('piece', null), ALL, 100), []);
      own.close();
    }
  });

  test('is tidied until a search looks into few segments', () => {
    save(900, Date.UTC(2026, 2, 1), 'geheimniskraemerei');
    let saved = 0;
    for (; saved < 20 || countSegments() <= 8; saved++) {
      save(1000 + saved, Date.UTC(2026, 3, 1) + saved * 1000, `word${saved} common`);
    }
    for (let turn = 0; index.tidy(true); turn++) assert.ok(turn < 1000, 'it ends');
    assert.ok(countSegments() <= 8, String(countSegments()));
    assert.equal(find('common').length, saved);
    index.save({
      rows: [],
      fresh: [],
      removed: [900, ...Array.from({ length: 15 }, (_, at) => 1000 + at)],
      state: null,
    });
    assert.deepEqual(find('geheimniskraemerei'), []);
    assert.equal(find('common').length, saved - 15);
    assert.equal(find('word16').length, 1);
  });

  test('is merged into one where the smaller pieces have come to be much', () => {
    const many = (mail: number): string =>
      Array.from({ length: 2000 }, (_, word) => `w${(mail * 2000 + word) * 7919}`).join(' ');
    for (let mail = 3000; mail < 3120; mail++) {
      save(mail, Date.UTC(2026, 4, 1) + mail * 1000, `${many(mail)} everywhere`);
    }
    for (let turn = 0; index.tidy(true); turn++) assert.ok(turn < 1000, 'it ends');
    assert.equal(countSegments(), 1);
    assert.equal(index.tidy(true), false);
    assert.equal(find('everywhere').length, 120);
    assert.deepEqual(find(`w${3050 * 2000 * 7919}`), [3050]);
    // One more mail is no reason to write all of it again.
    save(3200, Date.UTC(2026, 4, 2), 'everywhere');
    index.tidy(true);
    assert.equal(countSegments(), 2);
  });

  test('forms are those of words that are there', () => {
    save(2000, Date.UTC(2026, 5, 1), 'running facturas');
    assert.deepEqual(index.listForms('run').toSorted(), ['run', 'running']);
    assert.deepEqual(find('runs'), [2000]);
    assert.deepEqual(find('factura'), [2000]);
    assert.deepEqual(index.findWords('fact', 5), ['facturas']);
  });
});
