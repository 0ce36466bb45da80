import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

// Whoever answers such a mail would stop the whole server meanwhile: hours where the work grows with the square of the
// length, a second where it does not. So the limit below measures nothing but whether it ends.
const QUOTE = pathToFileURL(
  join(import.meta.dirname, '..', '..', '..', 'common', 'compose', 'quote.ts'),
).href;
const ENDS_WITHIN = 60_000;

for (const [name, html] of [
  ['nothing but begins of tags', `'< '.repeat(1e6)`],
  ['a long run of spaces inside a line', `'<pre>' + ' '.repeat(2e6) + 'x'`],
  ['line breaks only', `'<br>'.repeat(5e5) + 'x'`],
  ['cells without end', `'<td>a'.repeat(4e5)`],
] as const) {
  test(`a mail of 2 MB of ${name} is quoted in time`, () => {
    const script = `import { quoteMail } from ${JSON.stringify(QUOTE)};
      const mail = { from: [], to: [], cc: [], subject: '', date: '', text: null, html: ${html} };
      const options = { kind: 'reply', language: 'en', timeZone: null, signature: null };
      process.stdout.write(String(quoteMail(mail, options).text.length > 0));`;
    const args = ['--input-type=module', '--eval', script];
    const child = spawnSync(process.execPath, args, { timeout: ENDS_WITHIN, encoding: 'utf8' });
    assert.equal(child.stdout, 'true', child.stderr);
  });
}
