import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import { missingComponent } from '../../harness/component.ts';
import { startDovecot, type Dovecot } from '../../harness/dovecot.ts';
import { startTcpProxy } from '../../harness/tcp-proxy.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { pollOnce } from './retrieve.ts';
import { makeMessages, openTestStore, type StoreFaults, type TestStore } from './store.ts';

const SMALL = makeMessages(400);
const BIG = Buffer.from(`Subject: big\r\n\r\n${'0123456789 0123456789\r\n'.repeat(140_000)}`);
const ALL = [...SMALL.slice(0, 200), BIG, ...SMALL.slice(200)];

describe('nothing is lost and nothing doubled', { skip: missingComponent('dovecot') }, () => {
  let dovecot: Dovecot;
  before(async () => {
    dovecot = await startDovecot({ users: { alice: 'secret' } });
  });
  after(async () => {
    await dovecot.stop();
  });

  async function withStore(
    faults: StoreFaults,
    work: (store: TestStore, dir: string) => Promise<void>,
  ): Promise<void> {
    const temp = makeTempDir('faults');
    const store = await openTestStore(temp.path, faults);
    try {
      dovecot.empty('alice');
      dovecot.deliver('alice', ALL);
      await work(store, temp.path);
      assert.deepEqual(readdirSync(join(temp.path, 'spool')), []);
    } finally {
      await store.close();
      temp.remove();
    }
  }

  async function assertComplete(store: TestStore): Promise<void> {
    const sort = (mails: Buffer[]): string[] => mails.map((mail) => mail.toString('latin1')).sort();
    const stored = sort(await store.readAll());
    assert.equal(stored.length, ALL.length);
    assert.ok(
      sort(ALL).every((mail, index) => mail === stored[index]),
      'not the same bytes',
    );
  }

  test('the line breaks again and again, at other places each time', async () => {
    await withStore({}, async (store, dir) => {
      const total = ALL.reduce((sum, mail) => sum + mail.length, 0);
      const proxy = await startTcpProxy({ host: '127.0.0.1', port: dovecot.port });
      let codes: string[] = [];
      for (let cut = 900; ; cut = Math.floor(cut * 1.9)) {
        proxy.rules.cutAfter = cut;
        const { error } = await pollOnce(store, { port: proxy.port, dir, keep: 'delete' }).catch(
          (error: unknown) => ({
            error: error instanceof MailError ? error : null,
          }),
        );
        if (error === null) break;
        codes = [...new Set([...codes, error.code])];
        assert.ok(cut < total * 3, 'it never ended');
      }
      assert.deepEqual(codes, ['dropped']);
      assert.deepEqual(dovecot.listMaildrop('alice'), []);
      await assertComplete(store);
      await proxy.close();
    });
  });

  test('the disk is full: clear error, the maildrop stays whole, later everything comes', async () => {
    let full = false;
    let stored = 0;
    const faults: StoreFaults = {
      blobs: (real) => ({
        ...real,
        takeIn: async (sources, received) => {
          if (full && (stored += sources.length) > 200) {
            throw new MailError('disk-full', 'no space', {
              cause: Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }),
            });
          }
          return await real.takeIn(sources, received);
        },
      }),
    };
    await withStore(faults, async (store, dir) => {
      full = true;
      const first = await pollOnce(store, { port: dovecot.port, dir, keep: 'delete' });
      assert.equal(first.error?.code, 'disk-full');
      assert.equal(dovecot.listMaildrop('alice').length, ALL.length);
      assert.equal((await store.listInbox()).length, first.added);
      full = false;
      const second = await pollOnce(store, { port: dovecot.port, dir, keep: 'delete' });
      assert.equal(second.error, null);
      assert.equal(first.added + second.added, ALL.length);
      assert.deepEqual(dovecot.listMaildrop('alice'), []);
      await assertComplete(store);
    });
  });

  test('the listing cannot be noted: what came meanwhile is not stored, nothing is deleted, later everything comes', async () => {
    await withStore({}, async (store, dir) => {
      const came = Promise.withResolvers<void>();
      const refuse = async (): Promise<never> => {
        await came.promise;
        throw new MailError('disk-full', 'no space');
      };
      const db = Object.assign(Object.create(store.db) as typeof store.db, { write: refuse });
      const polling = pollOnce({ ...store, db }, { port: dovecot.port, dir, keep: 'delete' });
      const hasCome = (): boolean => readdirSync(join(dir, 'spool')).length > 0;
      for (let turn = 0; turn < 1000 && !hasCome(); turn++) await wait(10);
      assert.ok(hasCome(), 'RETR waited for the note');
      came.resolve();
      const first = await polling;
      assert.deepEqual([first.error?.code, first.added], ['disk-full', 0]);
      assert.equal((await store.listInbox()).length, 0);
      assert.equal(dovecot.listMaildrop('alice').length, ALL.length);
      const second = await pollOnce(store, { port: dovecot.port, dir, keep: 'delete' });
      assert.deepEqual([second.error, second.added], [null, ALL.length]);
      assert.deepEqual(dovecot.listMaildrop('alice'), []);
      await assertComplete(store);
    });
  });

  test('a session that fails early ends after its note', async () => {
    await withStore({}, async (store, dir) => {
      let writing = 0;
      const write: typeof store.db.write = async (work) => {
        writing += 1;
        await wait(200);
        const result = await store.db.write(work);
        writing -= 1;
        return result;
      };
      const db = Object.assign(Object.create(store.db) as typeof store.db, { write });
      const fail = async (): Promise<never> => await Promise.reject(new MailError('unavailable', 'no quota'));
      const mails = { ...store.mails, takeWhatFits: fail };
      const { error } = await pollOnce({ ...store, db, mails }, { port: dovecot.port, dir });
      assert.deepEqual([error?.code, writing], ['unavailable', 0]);
    });
  });

  test('Dovecot is killed in the middle and comes back', async () => {
    await withStore({}, async (store, dir) => {
      const proxy = await startTcpProxy({ host: '127.0.0.1', port: dovecot.port }, { piece: 2000 });
      const polling = pollOnce(store, {
        port: proxy.port,
        dir,
        keep: 'delete',
        limits: { windowBytes: 20_000 },
      });
      const committed = new Promise<void>((resolve) => store.events.subscribe('user_test', () => resolve()));
      await Promise.race([committed, polling]);
      await dovecot.kill();
      await polling;
      await dovecot.start();
      const { error } = await pollOnce(store, { port: dovecot.port, dir, keep: 'delete' });
      assert.equal(error, null);
      assert.deepEqual(dovecot.listMaildrop('alice'), []);
      await assertComplete(store);
      await proxy.close();
    });
  });
});
