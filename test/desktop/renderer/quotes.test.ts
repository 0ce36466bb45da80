import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { classifyLines } from '../../../desktop/renderer/reader/quotes/classify-lines.ts';

/**
 * Mails, each after `# ` and its name; before each line stands its kind: `w` words, `q` quote, `s` signature. Lines that
 * are blank go with either side.
 */
const SAMPLES = readFileSync(join(import.meta.dirname, 'quote-samples.txt'), 'utf8')
  .split(/^# /m)
  .slice(1)
  .map((sample) => {
    const [name = '', ...marked] = sample.replace(/\n+$/, '').split('\n');
    return { name, marked };
  });

describe('what of a mail is quoted, and what is a signature', () => {
  it('is told in at least sixty mails', () => assert.ok(SAMPLES.length >= 60, String(SAMPLES.length)));
  for (const { name, marked } of SAMPLES) {
    it(name, () => {
      const lines = marked.map((line) => line.slice(2));
      const kinds = classifyLines(lines).map((kind) => kind[0]);
      const told = lines.map((line, at) => (line.trim() === '' ? '' : `${kinds[at]} ${line}`));
      assert.deepEqual(
        told,
        marked.map((line) => (line.slice(2).trim() === '' ? '' : line)),
      );
    });
  }
});
