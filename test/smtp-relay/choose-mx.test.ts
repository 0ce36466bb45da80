import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseMx, type MxChoice, type MxRecord } from '../../smtp-relay/route/choose-mx.ts';

const mx = (priority: number, exchange: string): MxRecord => ({ priority, exchange });

describe('chooseMx', () => {
  const cases: [string, MxRecord[], MxChoice][] = [
    ['no record: the domain itself', [], { kind: 'implicit', hosts: ['x.test'] }],
    ['null MX', [mx(0, '')], { kind: 'null-mx' }],
    [
      'null MX beside others is no null MX',
      [mx(0, ''), mx(5, 'a.test')],
      { kind: 'hosts', hosts: ['a.test'] },
    ],
    ['by preference', [mx(20, 'b.test'), mx(10, 'a.test')], { kind: 'hosts', hosts: ['a.test', 'b.test'] }],
    ['once each', [mx(20, 'A.test.'), mx(10, 'a.test')], { kind: 'hosts', hosts: ['a.test'] }],
    ['we are the best', [mx(10, 'me.test'), mx(20, 'b.test')], { kind: 'loop' }],
    [
      'only hosts better than we are',
      [mx(5, 'a.test'), mx(10, 'ME.test'), mx(10, 'c.test'), mx(20, 'b.test')],
      { kind: 'hosts', hosts: ['a.test'] },
    ],
  ];
  for (const [name, records, choice] of cases) {
    test(name, () => {
      const options = { ownNames: new Set(['me.test']), random: () => 0.5 };
      assert.deepEqual(chooseMx('x.test', records, options), choice);
    });
  }

  test('the domain itself is a loop when it is ours', () => {
    const options = { ownNames: new Set(['x.test']), random: () => 0 };
    assert.deepEqual(chooseMx('x.test', [], options), { kind: 'loop' });
  });

  test('equal preferences are shuffled', () => {
    const randoms = [0.9, 0.1];
    const options = { ownNames: new Set<string>(), random: () => randoms.shift() ?? 0 };
    const choice = chooseMx('x.test', [mx(10, 'a.test'), mx(10, 'b.test')], options);
    assert.deepEqual(choice, { kind: 'hosts', hosts: ['b.test', 'a.test'] });
  });

  test('a list without end is cut', () => {
    const many = Array.from({ length: 100 }, (_, index) => mx(index, `h${index}.test`));
    const choice = chooseMx('x.test', many, { ownNames: new Set(), random: () => 0 });
    assert.equal(choice.kind === 'hosts' && choice.hosts.length, 8);
  });
});
