import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import test from 'node:test';
import { missingComponent } from '../../harness/component.ts';
import { makeSieveTester, type SieveAnswer, type SieveTester } from '../../harness/sieve-test.ts';
import { ALL_PAIRS } from './pairs/all-pairs.ts';
import type { Pair } from './pairs/pair.ts';
import { encodeMail, FROM, runPair, TO } from './run-pair.ts';

for (const [family, pairs] of Object.entries(ALL_PAIRS)) {
  test(`${family}: our actions for ${pairs.length} scripts and mails`, () => {
    for (const pair of pairs) assert.equal(runPair(pair), pair.does, pair.name);
  });
}

test('there are pairs enough', () => {
  assert.ok(Object.values(ALL_PAIRS).flat().length >= 500);
});

test('Pigeonhole does the same', { skip: missingComponent('sieve-test') }, async (t) => {
  const tester = makeSieveTester();
  t.after(() => tester.remove());
  for (const [family, pairs] of Object.entries(ALL_PAIRS)) {
    await t.test(family, async () => {
      const answers = await askAll(tester, pairs);
      for (const [index, { does, said }] of answers.entries()) {
        assert.equal(does, pairs[index]?.does, `${pairs[index]?.name}\n${said}`);
      }
    });
  }
});

async function askAll(tester: SieveTester, pairs: readonly Pair[]): Promise<SieveAnswer[]> {
  const answers: SieveAnswer[] = [];
  const width = 2 * availableParallelism();
  for (let at = 0; at < pairs.length; at += width) {
    const some = pairs.slice(at, at + width);
    answers.push(
      ...(await Promise.all(
        some.map(({ script, mail, from = FROM, to = TO }) =>
          tester.ask(script, encodeMail(mail), { from, to }),
        ),
      )),
    );
  }
  return answers;
}
