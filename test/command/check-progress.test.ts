import assert from 'node:assert/strict';
import test from 'node:test';
import { makeProgressLine } from '../../command/mail/check-progress.ts';
import { WORDS } from '../../command/words/words.ts';
import type { CheckEvent } from '../../common/shapes/event.ts';

const CLEAR = '\r\u001b[K';

function draw(language: 'en' | 'es', columns = 80) {
  const written: string[] = [];
  const line = makeProgressLine(
    (text) => written.push(text),
    () => columns,
    WORDS[language],
  );
  const show = (account: string, phase: CheckEvent['phase'], done = 0, total: number | null = null): void =>
    line.show({ type: 'check', account, phase, done, total, error: null }, `${account}@x.test`);
  return { written, show, clear: () => line.clear() };
}

test('a check is one line, rewritten from its first column and removed at the end', () => {
  const { written, show, clear } = draw('es');
  show('ana', 'connecting');
  show('ana', 'listing');
  show('ana', 'retrieving', 12, 340);
  show('ana', 'done', 340, 340);
  clear();
  assert.deepEqual(written, [
    `${CLEAR}ana@x.test: conectando`,
    `${CLEAR}ana@x.test: preguntando qué hay de nuevo`,
    `${CLEAR}ana@x.test: 12 de 340`,
    CLEAR,
  ]);
});

test('several accounts share the line, which never wraps', () => {
  const { written, show, clear } = draw('en', 30);
  show('ana', 'retrieving', 1, 2);
  show('eva', 'connecting');
  assert.equal(written.at(-1), `${CLEAR}ana@x.test: 1 of 2 · eva@x.t…`);
  show('ana', 'failed');
  assert.equal(written.at(-1), `${CLEAR}eva@x.test: connecting`);
  clear();
  assert.equal(written.at(-1), CLEAR);
});
