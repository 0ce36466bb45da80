import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldBack } from '../../../storage-server/pop3/hold-back.ts';
import { DEFAULT_LIMITS } from '../../../storage-server/pop3/limits.ts';

test('a socket is not read while too much waits in memory or too much more than was listed lies in files', () => {
  const limits = { ...DEFAULT_LIMITS, memory: 100, waitingBytes: 200, windowBytes: 1000 };
  const table: [name: string, sizes: number[], held: string][] = [
    ['up to the bound', [100, 100], '--  --'],
    ['beyond it, until a quarter is free', [100, 100, 50, 50], '--HH  H---'],
    ['one that is large alone', [100, 100, 1], '--H  ---'],
    ['files do not count as memory', [500, 400, 100], '---  ---'],
    ['files have the window', [500, 501, 10], '-HH  ---'],
    ['both', [900, 100, 100, 200], '---H  H---'],
  ];
  for (const [name, sizes, expected] of table) {
    let holds = 0;
    const back = new HoldBack({ hold: () => holds++, release: () => holds-- }, limits);
    const show = (): string => (holds === 0 ? '-' : holds === 1 ? 'H' : '?');
    const added = sizes.map((size) => (back.add(size), show()));
    const taken = sizes.map((size) => (back.subtract(size), show()));
    assert.equal(`${added.join('')}  ${taken.join('')}`, expected, name);
  }
});

test('at the end nothing is held', () => {
  let holds = 0;
  const back = new HoldBack(
    { hold: () => holds++, release: () => holds-- },
    { ...DEFAULT_LIMITS, waitingBytes: 1 },
  );
  back.add(2);
  assert.equal(holds, 1);
  back.end();
  back.end();
  assert.equal(holds, 0);
});
