import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestListing, isPositional } from '../../../storage-server/retrieval/ledger/ledger-key.ts';
import type { LedgerEntry } from '../../../storage-server/retrieval/ledger/ledger-store.ts';
import { chooseProbes } from '../../../storage-server/retrieval/probe.ts';

const list = (...uidls: (string | null)[]) => uidls.map((uidl, at) => ({ number: at + 1, size: 100, uidl }));
const know = (...uidls: string[]) =>
  uidls.map((uidl) => ({ uidl, size: 100, state: 'kept', listed: 1, removed_at: null }) as LedgerEntry);

const POSITIONAL: [string, boolean, (string | null)[]][] = [
  ['the message numbers', true, ['1', '2', '3']],
  ['with zeros before', true, ['0001', '0002']],
  ['numbers that began earlier', false, ['4', '5', '6']],
  ['one that is none', false, ['1', '2', 'x']],
  ['missing', false, [null, '2']],
  ['nothing', false, []],
];
for (const [name, positional, uidls] of POSITIONAL) {
  test(`UIDLs are positions: ${name}: ${positional}`, () => {
    assert.equal(isPositional(list(...uidls)), positional);
  });
}

const numbersOf = (chosen: ReturnType<typeof chooseProbes>) =>
  chosen === 'distrust' ? chosen : chosen.map(({ listed }) => listed.number);

test('looks at the first and the last that are known, where UIDLs are positions', () => {
  assert.deepEqual(numbersOf(chooseProbes(list('1', '2', '3', '4'), know('3', '1', '2'))), [1, 3]);
  assert.deepEqual(numbersOf(chooseProbes(list('1', '2'), know('2'))), [2]);
  assert.deepEqual(numbersOf(chooseProbes(list('1', '2'), [])), []);
  assert.deepEqual(numbersOf(chooseProbes(list('a', 'b'), know('a', 'b'))), []);
});

test('the list alone shows that they moved: one is missing, or has another size', () => {
  assert.equal(chooseProbes(list('1', '2'), know('1', '2', '3')), 'distrust');
  assert.equal(chooseProbes(list('1', '2'), [{ ...know('2')[0]!, size: 99 }]), 'distrust');
});

test('what was deleted, removed or lost is not looked at, nor what is large', () => {
  const [one, two, three] = know('1', '2', '3');
  const known = [{ ...one!, removed_at: 1 }, { ...two!, state: 'lost' as const }, three!];
  assert.deepEqual(numbersOf(chooseProbes(list('1', '2', '3'), known)), [3]);
  assert.deepEqual(numbersOf(chooseProbes(list('1', '2'), [one!, { ...three!, state: 'deleted' }])), [1]);
  const large = [{ number: 1, size: 1 << 20, uidl: '1' }];
  assert.deepEqual(numbersOf(chooseProbes(large, [{ ...one!, size: 1 << 20 }])), []);
});

test('a listing has a name only where each UIDL tells something', () => {
  assert.equal(digestListing(list('a', 'b')), digestListing(list('a', 'b')));
  assert.notEqual(digestListing(list('a', 'b')), digestListing(list('b', 'a')));
  assert.notEqual(digestListing(list('a')), digestListing([{ number: 1, size: 101, uidl: 'a' }]));
  for (const uidls of [
    ['a', 'a'],
    ['a', null],
    ['1', '2'],
  ])
    assert.equal(digestListing(list(...uidls)), null);
});
