import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { SECOND, type Millis } from '../../../common/time.ts';
import { makeDmarcCheck } from '../../../smtp-relay/route/dmarc/check-dmarc.ts';
import { makePatientResolver } from '../../../smtp-relay/route/dmarc/patient-resolver.ts';

const SILENT = { code: 'ETIMEOUT' };

/** DNS in which questions about dead.test stay open until `answer` is called; others are answered at once. */
function makeDns(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const late = Promise.withResolvers<string[][]>();
  const dns = { asked: 0, answer: () => late.resolve([['late']]) };
  const resolve = makePatientResolver(async (name) => {
    dns.asked += 1;
    if (name.toLowerCase().endsWith('dead.test')) return await late.promise;
    if (name.startsWith('none.')) throw Object.assign(new Error('nothing'), { code: 'ENODATA' });
    return [['text']];
  });
  /** What comes of a question while so much time passes. */
  const wait = async <T>(question: Promise<T>, time: Millis): Promise<T> => {
    // Its failure is looked at by who awaits this.
    question.catch(() => undefined);
    await new Promise(setImmediate);
    t.mock.timers.tick(time);
    return await question;
  };
  const ask = async (name: string, time: Millis): Promise<unknown> => await wait(resolve(name, 'TXT'), time);
  return { dns, resolve, wait, ask };
}

test('a name that nobody answers for costs its time once in 30 s, and no other name pays for it', async (t) => {
  const { dns, ask } = makeDns(t);
  await assert.rejects(ask('_dmarc.dead.test', 1.5 * SECOND), SILENT);
  await assert.rejects(ask('_dmarc.DEAD.test', 0), SILENT);
  assert.deepEqual(await ask('own.test', 0), [['text']]);
  await assert.rejects(ask('none.own.test', 0), { code: 'ENODATA' });
  assert.equal(dns.asked, 4);
  t.mock.timers.tick(31 * SECOND);
  let over = false;
  const again = ask('_dmarc.dead.test', SECOND).finally(() => (over = true));
  again.catch(() => undefined);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.equal(over, false, 'waited for once more');
  t.mock.timers.tick(SECOND);
  await assert.rejects(again, SILENT);
});

test('an answer that came late is one, though the name is still counted as silent', async (t) => {
  const { dns, ask } = makeDns(t);
  await assert.rejects(ask('dead.test', 1.5 * SECOND), SILENT);
  dns.answer();
  assert.deepEqual(await ask('dead.test', 0), [['late']]);
});

test('a profile-server that is slow to tell its keys is no silence of DNS', async (t) => {
  const { resolve, wait, ask } = makeDns(t);
  const check = makeDmarcCheck({
    resolve,
    findKeys: async () => await new Promise(() => undefined),
    findOwnAddresses: async () => [],
    operatorSmarthost: false,
    helo: 'me.test',
  });
  const send = { way: 'relay', smtp: null } as const;
  const sender = { send, email: null, decidedBy: 'domain' } as const;
  const { dmarc, problem } = await wait(check({ from: 'a@own.test', sender }), 2 * SECOND);
  assert.deepEqual([dmarc.aligned, problem], ['unknown', null]);
  assert.deepEqual(await ask('own.test', 0), [['text']]);
});
