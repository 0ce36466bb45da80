import assert from 'node:assert/strict';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { MailError } from '../../common/errors.ts';
import { explainThrown } from '../../command/explain-thrown.ts';
import { makeTempDir } from '../harness/tempdir.ts';

describe('what a command threw', () => {
  const directory = makeTempDir('thrown');
  after(directory.remove);
  const file = join(directory.path, 'file');
  writeFileSync(file, '');

  const cases: [string, () => unknown, string, string][] = [
    [
      'a file that is not there',
      () => readFileSync(`${file}-not`),
      `${file}-not`,
      'no such file or directory',
    ],
    ['a folder below a file', () => mkdirSync(join(file, 'x')), join(file, 'x'), 'not a directory'],
    [
      'a folder as a file',
      () => openSync(directory.path, 'w'),
      directory.path,
      'illegal operation on a directory',
    ],
  ];
  for (const [name, act, path, detail] of cases) {
    it(`is told as what it is: ${name}`, () => {
      assert.throws(act, (error) => {
        const { code, reason, params } = explainThrown(error);
        assert.deepEqual([code, reason, params], ['invalid', 'file-unusable', { file: path, detail }]);
        return true;
      });
    });
  }

  it('is ours where nothing else is known of it, and stays what it is where it is known', () => {
    assert.equal(explainThrown(new Error('?')).code, 'internal');
    assert.equal(explainThrown(Object.assign(new Error('full'), { code: 'ENOSPC' })).code, 'disk-full');
    const known = new MailError('forbidden', 'no');
    assert.equal(explainThrown(known), known);
  });
});
