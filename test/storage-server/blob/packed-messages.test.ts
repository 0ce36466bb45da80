import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { packMessages, unpackMessages } from '../../../storage-server/blob/packed-messages.ts';
import { makeUnreadable, type StoredMessage } from '../../../storage-server/blob/take-in.ts';

function makeMessage(subject: string): StoredMessage {
  const blob = { id: 'x'.repeat(43), size: subject.length };
  return { header: blob, body: blob, digest: { ...makeUnreadable(0), subject } };
}

describe('messages on their way between the threads', () => {
  const cases: [string, string[]][] = [
    ['none', []],
    ['one', ['Hello']],
    ['many', Array.from({ length: 500 }, (_, n) => `Mail ${n}`)],
    ['of every script', ['¿Mañana?', '東京', '👩‍💻', '\u0000\u2028"\\']],
    ['longer than any before', ['á'.repeat(200_000), 'after it']],
  ];
  for (const [name, subjects] of cases)
    test(name, () => {
      const messages = subjects.map(makeMessage);
      assert.deepEqual(unpackMessages(packMessages(messages)), messages);
    });

  test('a batch that breaks leaves nothing in the next one, and an answer stays as it is', () => {
    const first = packMessages([makeMessage('first')]);
    assert.throws(() =>
      packMessages(
        (function* () {
          yield makeMessage('half of a batch');
          throw new Error('disk full');
        })(),
      ),
    );
    assert.deepEqual(unpackMessages(packMessages([makeMessage('next')])), [makeMessage('next')]);
    assert.deepEqual(unpackMessages(first), [makeMessage('first')]);
  });
});
