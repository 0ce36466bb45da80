import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { ROOT } from '../../harness/server-process.ts';

const RENDERER = join(ROOT, 'desktop', 'renderer');
/** Words between tags, and in attributes that are read by people. */
const BETWEEN_TAGS = /(?<=[\w"'}/]>)(?!\s*,)([^<>{}=;()|&]*\p{L}{2}[^<>{}=;()|&]*)(?=<[/\w]|\{)/gu;
const SPOKEN =
  /\b(?:aria-label|aria-description|title|placeholder|alt|label|hint|text)="([^"]*\p{L}{2}[^"]*)"/gu;
/** The same in every language: our name, header fields, an address. */
const SAME = new Set(['Valija', 'Message-ID', 'List-Id', 'https://']);

function listLiterals(source: string): string[] {
  const found = [...source.matchAll(BETWEEN_TAGS), ...source.matchAll(SPOKEN)];
  return found.map(([, words = '']) => words.trim()).filter((words) => words !== '' && !SAME.has(words));
}

it('finds words that stand in a view', () => {
  const view = 'const a: Map<string, X> = b; return <p title="Hello">Words\n  <b>more</b>{t("x")}</p>;';
  assert.deepEqual(listLiterals(view).toSorted(), ['Hello', 'Words', 'more']);
});

it('no view has words of its own beside the two languages', () => {
  const files = globSync('**/*.tsx', { cwd: RENDERER });
  assert.ok(files.length > 100);
  const found = files.flatMap((file) =>
    listLiterals(readFileSync(join(RENDERER, file), 'utf8')).map((words) => `${file}: ${words}`),
  );
  assert.deepEqual(found, []);
});
