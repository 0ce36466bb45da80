import assert from 'node:assert/strict';
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
