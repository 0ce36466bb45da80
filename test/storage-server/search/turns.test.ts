import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { KeyedLock } from '../../../server-kit/keyed-lock.ts';
import { findMails, type FindCore } from '../../../storage-server/search/find-mails.ts';

/** A core without mails, whose thread does as `ask` says. */
function makeCore(ask: FindCore['pool']['ask']): FindCore {
  return {
    home: { readProfile: async () => ({ mailboxes: [], accounts: [] }) },
    ids: {},
    mails: { readModseq: async () => 1, readRows: async () => [] },
    indexer: { catchUp: async () => true, noteSeeker: () => undefined, rebuild: async () => undefined },
    turns: new KeyedLock(),
    pool: { ask },
    near: { find: () => null },
  } as unknown as FindCore;
}
const NOTHING = {
  newest: 0,
  found: [],
  stop: 0,
  count: 0,
  more: false,
  people: [],
  words: [],
  snippets: [],
  state: { modseq: 1, mail: 1, removed: 1 },
};
const asked = { query: 'hola', limit: 10, after: null, timeZone: null };
const stopped = (): MailError => new MailError('unavailable', 'a thread ended', { reason: 'stopped' });

test('whose search was ended by that of another is asked for once more', async () => {
  let asks = 0;
  const core = makeCore(async () => {
    asks += 1;
    if (asks === 1) throw stopped();
    return NOTHING;
  });
  assert.deepEqual(await findMails(core, 'ana', asked), { mails: [], next: null, total: 0, modseq: 1 });
  assert.equal(asks, 2);
  const dead = makeCore(async () => {
    throw stopped();
  });
  await assert.rejects(findMails(dead, 'ana', asked), { code: 'unavailable' });
  const late = makeCore(async () => {
    asks += 1;
    throw new MailError('timeout', 'too long', { reason: 'thread' });
  });
  await assert.rejects(findMails(late, 'ana', asked), { code: 'timeout' });
  assert.equal(asks, 3, 'what took too long itself is not tried again');
});

test('many searches of one user at once take no more of the thread than one', async () => {
  const running = new Map<string, number>();
  let most = 0;
  const users = new Set<string>();
  const core = makeCore(async ({ user }) => {
    running.set(user, (running.get(user) ?? 0) + 1);
    most = Math.max(most, running.get(user) ?? 0);
    users.add([...running].filter(([, count]) => count > 0).join(' '));
    await new Promise((resolve) => setImmediate(resolve));
    running.set(user, (running.get(user) ?? 0) - 1);
    return NOTHING;
  });
  await Promise.all(
    [...Array.from({ length: 20 }, () => 'ana'), 'bea'].map(
      async (user) => await findMails(core, user, asked),
    ),
  );
  assert.equal(most, 1);
  assert.ok(
    [...users].some((pair) => pair.includes('ana') && pair.includes('bea')),
    'others do not wait',
  );
});
