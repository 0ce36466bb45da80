import assert from 'node:assert/strict';
import { splitQuotes } from '../../../../desktop/renderer/reader/body/plain-text.ts';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

// The reader does this on the page's only thread: hours where the work grows with the square of the length, a moment
// where it does not. The limit below measures nothing but whether it ends.
const READER = join(import.meta.dirname, '..', '..', '..', '..', 'desktop', 'renderer', 'reader');
const PLAIN_TEXT = pathToFileURL(join(READER, 'body', 'plain-text.ts')).href;
const LIST = pathToFileURL(join(READER, 'files', 'list-attachments.ts')).href;
const ENDS_WITHIN = 60_000;

function run(script: string): { stdout: string; stderr: string } {
  const args = ['--input-type=module', '--eval', script];
  return spawnSync(process.execPath, args, { timeout: ENDS_WITHIN, encoding: 'utf8' });
}

for (const [name, text] of [
  ['a log of short lines', `'a line of a log\\n'.repeat(1.3e5)`],
  ['empty lines', `'\\n'.repeat(2e6) + 'x'`],
  ['words without a space', `'a.'.repeat(1e6)`],
  ['a link that ends in brackets', `'http://x.test/' + ')'.repeat(2e6)`],
  ['a link full of dots', `'http://x.test/' + '.'.repeat(2e6) + 'x'`],
] as const) {
  test(`2 MB of ${name} can be shown`, () => {
    const script = `import { splitQuotes } from ${JSON.stringify(PLAIN_TEXT)};
      process.stdout.write(String(splitQuotes(${text}).length));`;
    const child = run(script);
    assert.equal(child.stdout, '1', child.stderr);
  });
}

test('the files of a mail with 2 MB of spaces in front of the address of a picture can be listed', () => {
  const child = run(`import { listAttachments } from ${JSON.stringify(LIST)};
    const parts = [{ id: '1', type: 'image/png', name: 'a.png', disposition: null, contentId: 'a' }];
    const html = '<img src=' + ' '.repeat(2e6) + 'x>';
    process.stdout.write(String(listAttachments({ parts, html, text: null }).length));`);
  assert.equal(child.stdout, '1', child.stderr);
});

test('a text of a hundred thousand quotes or links is shown without an element for each', () => {
  const [first, ...others] = splitQuotes('word\n> quote\n'.repeat(1e5));
  assert.deepEqual([first?.kind, first?.lines, others.length], ['words', 2e5, 0]);
  const blocks = splitQuotes(`${'a@b.test '.repeat(4000)}\n> ${'c@d.test '.repeat(1e5)}`);
  const count = blocks.flatMap(({ pieces }) => pieces).filter(({ kind }) => kind === 'link').length;
  assert.deepEqual([blocks.length, count], [2, 5000]);
});
