import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldBack } from '../../../storage-server/pop3/hold-back.ts';
import { DEFAULT_LIMITS } from '../../../storage-server/pop3/limits.ts';

test('a socket is not read while too much waits', () => {
  const limits = { ...DEFAULT_LIMITS, waitingBytes: 200 };
  const table: [name: string, sizes: number[], held: string][] = [
    ['up to the bound', [100, 100], '--  --'],
    ['beyond it, until a quarter is free', [100, 100, 50, 50], '--HH  H---'],
    ['one that is large alone', [100, 100, 1], '--H  ---'],
    ['a large one, in memory or in a file', [500, 10, 90], 'HHH  ---'],
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

test('at the end nothing is held, and nothing more', () => {
  let holds = 0;
  const back = new HoldBack(
    { hold: () => holds++, release: () => holds-- },
    { ...DEFAULT_LIMITS, waitingBytes: 1 },
  );
  back.add(2);
  assert.equal(holds, 1);
  back.end();
  back.end();
  back.add(2);
  assert.equal(holds, 0);
});
