import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turnPlace } from '../../../storage-server/search/index/doc-place.ts';
import { selectMails } from '../../../storage-server/search/index/select-store.ts';

test('bounds reach FTS5 as integers, the only ones it begins and ends its walk at', () => {
  const plan = { match: '"word"', where: '1', params: [], since: null, until: null };
  for (const what of ['find', 'count'] as const) {
    const { sql, params } = selectMails(plan, { before: 900, from: 100 }, what);
    const bounds = [...sql.matchAll(/mail_text\.rowid (\S+) (\S+\(.*?\))/g)].map(([, sign, value]) => [
      sign,
      value,
    ]);
    assert.deepEqual(bounds, [
      ['>', 'CAST(? AS INTEGER)'],
      ['<=', 'CAST(? AS INTEGER)'],
    ]);
    assert.deepEqual(params, ['"word"', turnPlace(900), turnPlace(100)]);
  }
});
