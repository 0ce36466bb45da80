import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMore } from '../../../storage-server/retrieval/more-listed.ts';
import type { LedgerEntry } from '../../../storage-server/retrieval/ledger/ledger-store.ts';
import type { FakePop3Options } from '../../fakes/pop3-server.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import { numberUidls, useLedgerRig } from './ledger-rig.ts';
import { makeMessages } from './store.ts';

describe('whether more is to be expected at once', () => {
  const list = (uidls: string[]) => uidls.map((uidl, index) => ({ number: index + 1, size: 1, uidl }));
  const known = (uidls: string[], listed = 1) => uidls.map((uidl) => ({ uidl, listed }) as LedgerEntry);
  const old = numberUidls(60, 'old');
  const fresh = numberUidls(60, 'new');
  const all = { stored: 60, added: 60 };
  const TABLE: [string, boolean, Parameters<typeof expectMore>][] = [
    ['an empty list', false, [[], { listed: 60, ledger: known(old) }, all, 250]],
    [
      'a full window of a known provider',
      true,
      [list(numberUidls(250)), { listed: 0, ledger: [] }, all, 250],
    ],
    ['its last window', false, [list(fresh), { listed: 250, ledger: [] }, all, 250]],
    [
      'a full window of which all is here',
      false,
      [list(numberUidls(250)), { listed: 250, ledger: [] }, { stored: 0, added: 0 }, 250],
    ],
    [
      'as many as before, and none of those',
      true,
      [list(fresh), { listed: 60, ledger: known(old) }, all, null],
    ],
    [
      'as many as before, one of those',
      false,
      [list([...fresh.slice(1), 'old1']), { listed: 60, ledger: known(old) }, all, null],
    ],
    ['fewer than before', false, [list(fresh.slice(0, 20)), { listed: 60, ledger: known(old) }, all, null]],
    ['the first list', false, [list(fresh), { listed: 0, ledger: [] }, all, null]],
    [
      'a small maildrop that somebody else empties',
      false,
      [list(['b']), { listed: 1, ledger: known(['a']) }, { stored: 1, added: 1 }, null],
    ],
    [
      'all numbered anew',
      false,
      [list(fresh), { listed: 60, ledger: known(old) }, { stored: 60, added: 0 }, null],
    ],
  ];
  for (const [name, more, args] of TABLE) test(name, () => assert.equal(expectMore(...args), more));
});

/** Lists at most `window` messages that nobody has retrieved yet, and forgets those that were, as Gmail does. */
function makeWindowScript(
  messages: readonly Buffer[],
  window: number,
): NonNullable<FakePop3Options['script']> {
  const popped = new Set<number>();
  const opened = new Map<number, number[]>();
  return (connection, verb, rest) => {
    if (verb !== 'UIDL' && verb !== 'LIST' && verb !== 'RETR' && verb !== 'DELE') return false;
    let shown = opened.get(connection.count);
    if (shown === undefined) {
      shown = [...messages.keys()].filter((index) => !popped.has(index)).slice(0, window);
      opened.set(connection.count, shown);
    }
    if (verb === 'DELE') return (connection.say('+OK'), true);
    if (verb === 'RETR') {
      const index = shown[Number(rest) - 1]!;
      popped.add(index);
      connection.write(`+OK\r\n${messages[index]!.toString('latin1')}.\r\n`);
      return true;
    }
    const lines = shown.map(
      (index, at) => `${at + 1} ${verb === 'UIDL' ? `gm${index}` : messages[index]!.length}\r\n`,
    );
    connection.write(`+OK\r\n${lines.join('')}.\r\n`);
    return true;
  };
}

for (const engine of ENGINES) {
  describe(`windows of a list, on ${engine}`, { skip: missingEngine(engine) }, () => {
    const { serve, poll, countOf, assertStored } = useLedgerRig(engine);

    for (const [name, listsAtMost] of [
      ['known by the provider table', 50],
      ['found out', null],
    ] as const) {
      test(`only 50 listed at a time, ${name}: session after session until nothing is left`, async () => {
        const many = makeMessages(230);
        await serve({ messages: [], script: makeWindowScript(many, 50) });
        const rounds: boolean[] = [];
        let more = true;
        // The first window of a server that nobody knows is an ordinary poll: the next comes by the interval.
        for (let round = 0; more || round === 1; round++) {
          ({ more } = await poll('mirror', { listsAtMost }));
          rounds.push(more);
        }
        const expected =
          listsAtMost === null ? [false, true, true, true, false] : [true, true, true, true, false];
        assert.deepEqual(rounds, expected);
        assert.equal((await poll('mirror', { listsAtMost })).messages, 0);
        assert.equal(countOf('DELE'), 0, 'what vanished from the list was deleted by nobody');
        await assertStored(many);
        // The user lets the provider list everything anew.
        await serve({ messages: many, uidls: many.map((_, index) => `gm${index}`) });
        assert.equal((await poll('mirror', { listsAtMost })).added, 0);
        await assertStored(many);
      });
    }
  });
}
