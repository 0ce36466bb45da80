import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { startPop3Server, type FakePop3, type FakePop3Options } from '../../fakes/pop3-server.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { pollOnce, type Poll } from './retrieve.ts';
import { makeMessages, openTestStore, USER, type TestStore } from './store.ts';

const COUNT = 700;
const MAILS = makeMessages(COUNT);
/** So many commands at most are under way. */
const WINDOW = 20;
const OTHER = 'user_other';

describe('the first import of a maildrop', () => {
  let temp: ReturnType<typeof makeTempDir>;
  let store: TestStore;
  const servers: FakePop3[] = [];
  beforeEach(async () => {
    temp = makeTempDir('import');
    store = await openTestStore(temp.path);
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
    await store.close();
    temp.remove();
  });

  const serve = async (options: FakePop3Options): Promise<FakePop3> => {
    const server = await startPop3Server(options);
    servers.push(server);
    return server;
  };
  const poll = async (server: FakePop3, more: Partial<Poll> = {}) =>
    await pollOnce(store, { port: server.port, dir: temp.path, limits: { windowCommands: WINDOW }, ...more });
  const countRetrieved = (server: FakePop3): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const line of server.commands) {
      const number = / RETR (\d+)$/.exec(line)?.[1];
      if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    return counts;
  };

  /** Ends the session, as a pause does, when the server is asked for its nth message. */
  function stopAt(nth: number): { script: NonNullable<FakePop3Options['script']>; signal: AbortSignal } {
    const stop = new AbortController();
    let asked = 0;
    const script = (_: unknown, verb: string): boolean => {
      if (verb === 'RETR' && ++asked === nth) {
        stop.abort(new MailError('unavailable', 'paused', { reason: 'lease-lost' }));
      }
      return false;
    };
    return { script, signal: stop.signal };
  }

  test('it is usable at once: the newest are in the list while the rest comes', async () => {
    const server = await serve({ messages: MAILS });
    let seen: string[] | null = null;
    const looking: Promise<void>[] = [];
    store.events.subscribe(USER, (event) => {
      if (event.type !== 'changed' || looking.length > 0) return;
      const look = async (): Promise<void> => {
        seen = (await store.listInbox()).map(({ subject }) => subject);
      };
      looking.push(look());
    });
    await poll(server);
    await Promise.all(looking);
    const newest = Array.from({ length: 25 }, (_, index) => `mail ${COUNT - 1 - index}`);
    assert.deepEqual(seen!.slice(0, 25), newest);
    assert.ok(seen!.length < COUNT / 2, `${seen!.length} were there at the first look`);
  });

  test('progress goes from nothing to all', async () => {
    const server = await serve({ messages: MAILS });
    const told: [number, number][] = [];
    await poll(server, { onProgress: (done, total) => told.push([done, total]) });
    assert.deepEqual(
      [told[0], told.at(-1)],
      [
        [0, COUNT],
        [COUNT, COUNT],
      ],
    );
    assert.ok(told.every(([done], index) => index === 0 || done > told[index - 1]![0]));
    // Later polls count what is new.
    server.messages.push(...makeMessages(2, 'new'));
    told.length = 0;
    await poll(server, { onProgress: (done, total) => told.push([done, total]) });
    assert.deepEqual(told, [
      [0, 2],
      [2, 2],
    ]);
  });

  test('a pause ends the session at once and keeps what came whole; going on retrieves nothing twice', async () => {
    const asked = 333;
    const { script, signal } = stopAt(asked);
    const server = await serve({ messages: MAILS, script });
    const first = await poll(server, { signal });
    assert.deepEqual([first.error?.code, first.error?.reason], ['unavailable', 'lease-lost']);
    const kept = (await store.listInbox()).map(({ subject }) => subject);
    assert.equal(kept.length, first.added);
    assert.ok(kept.length >= asked - WINDOW && kept.length < COUNT, `${kept.length} were kept`);
    assert.deepEqual(
      kept,
      Array.from(kept, (_, index) => `mail ${COUNT - 1 - index}`),
    );
    const before = countRetrieved(server);
    server.commands.length = 0;

    const told: [number, number][] = [];
    const second = await poll(server, { onProgress: (done, total) => told.push([done, total]) });
    assert.deepEqual([second.error, second.added], [null, COUNT - kept.length]);
    assert.deepEqual(
      [told[0], told.at(-1)],
      [
        [kept.length, COUNT],
        [COUNT, COUNT],
      ],
    );
    const after = countRetrieved(server);
    for (const subject of kept) {
      const number = `${Number(subject.slice('mail '.length)) + 1}`;
      assert.deepEqual([before.get(number), after.get(number)], [1, undefined], subject);
    }
    assert.equal((await store.listInbox()).length, COUNT);
  });

  test('after a restart it goes on where it was, and its progress too', async () => {
    const { script, signal } = stopAt(100);
    const server = await serve({ messages: MAILS, script });
    const first = await poll(server, { signal });
    await store.close();
    store = await openTestStore(temp.path);
    const told: [number, number][] = [];
    const second = await poll(server, { onProgress: (done, total) => told.push([done, total]) });
    assert.deepEqual(told[0], [first.added, COUNT]);
    assert.equal(first.added + second.added, COUNT);
    assert.equal((await store.listInbox()).length, COUNT);
  });

  test('what another user gets meanwhile waits for a few of its batches, not for all', async () => {
    const order: string[] = [];
    let other: Promise<unknown> | null = null;
    const note = (what: string) => (event: { type: string }) => event.type === 'changed' && order.push(what);
    store.events.subscribe(USER, note('import'));
    store.events.subscribe(OTHER, note('other'));
    const small = await serve({
      messages: [MAILS[0]!],
      script: (_, verb) => {
        if (verb === 'RETR') order.push('asked');
        return false;
      },
    });
    const many = await serve({
      messages: makeMessages(4000),
      script: (_, verb, rest) => {
        if (verb === 'RETR' && rest === '3800') other = poll(small, { owner: OTHER, account: 'acc_o' });
        return false;
      },
    });
    await poll(many, { limits: {} });
    assert.ok(other !== null);
    await (other as Promise<unknown>);
    const between = order.slice(order.indexOf('asked'), order.indexOf('other'));
    const after = order.length - order.indexOf('other') - 1;
    // Two may be in the threads that hash and two more in the transaction's queue.
    assert.ok(between.filter((what) => what === 'import').length <= 4, order.join(' '));
    assert.ok(after >= 4, `the import was over: ${order.join(' ')}`);
  });
});
