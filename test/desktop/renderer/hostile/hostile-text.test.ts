import assert from 'node:assert/strict';
import { splitQuotes } from '../../../../desktop/renderer/reader/body/plain-text.ts';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

// The reader does this on the page's only thread: hours where the work grows with the square of the length, a moment
// where it does not. The limit below measures nothing but whether it ends.
const PLAIN_TEXT = pathToFileURL(
  join(import.meta.dirname, '..', '..', '..', '..', 'desktop', 'renderer', 'reader', 'body', 'plain-text.ts'),
).href;
const ENDS_WITHIN = 60_000;

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
    const args = ['--input-type=module', '--eval', script];
    const child = spawnSync(process.execPath, args, { timeout: ENDS_WITHIN, encoding: 'utf8' });
    assert.equal(child.stdout, '1', child.stderr);
  });
}

test('a text of a hundred thousand quotes or links is shown without an element for each', () => {
  const [first, ...others] = splitQuotes('word\n> quote\n'.repeat(1e5));
  assert.deepEqual([first?.kind, first?.lines, others.length], ['words', 2e5, 0]);
  const blocks = splitQuotes(`${'a@b.test '.repeat(4000)}\n> ${'c@d.test '.repeat(1e5)}`);
  const count = blocks.flatMap(({ pieces }) => pieces).filter(({ kind }) => kind === 'link').length;
  assert.deepEqual([blocks.length, count], [2, 5000]);
});
