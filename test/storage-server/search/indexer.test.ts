import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Sqlite from 'better-sqlite3';
import type { MailError } from '../../../common/errors.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { Indexer, type IndexPool } from '../../../storage-server/search/indexer.ts';
import type { IndexState } from '../../../storage-server/search/index/search-index.ts';
import type { SearchAnswer, SearchRequest } from '../../../storage-server/search/index/thread-protocol.ts';
import type { Search } from '../../../storage-server/search/search.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { type MailRig, incoming, makeMessage, newUser, startMailRig } from '../mail-rig.ts';
import { findSubjects, startRigSearch } from './search-rig.ts';

const messages = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => incoming(makeMessage(from + index)));

for (const engine of ENGINES) {
  describe(`the index follows the mails (${engine})`, { skip: missingEngine(engine) }, () => {
    let servers: TestEngine;
    let rig: MailRig;
    let search: Search;
    before(async () => {
      servers = await startEngine(engine);
      rig = await startMailRig(servers);
      search = await startRigSearch(rig);
    });
    after(async () => {
      await search.stop();
      await rig.stop();
      await servers.stop();
    });
    const restart = async (between: () => void | Promise<void> = () => undefined): Promise<void> => {
      await search.stop();
      await between();
      search = await startRigSearch(rig);
    };
    const count = async (user: string, query = 'message'): Promise<number> =>
      (await findSubjects(search, user, query)).length;

    /** Who searches while an index is made is told so, by an error or by no number; the first number has to be right. */
    const waitForCount = async (user: string, wanted: number): Promise<void> => {
      const question = { query: 'message', limit: 500, after: null, timeZone: null };
      for (let tries = 0; tries < 500; tries += 1) {
        const page = await search.find(user, question).catch((error: MailError) => {
          assert.equal(error.reason, 'search-index');
          return null;
        });
        if (page !== null && page.total !== null) {
          assert.deepEqual([page.total, page.mails.length], [wanted, wanted]);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.fail('the index was not made anew');
    };

    test('many batches of several users at once', async () => {
      const users = [newUser(), newUser(), newUser()];
      for (let batch = 0; batch < 5; batch++) {
        for (const user of users) await rig.mails.ingestMails(user, messages(batch * 150, batch * 150 + 150));
      }
      for (const user of users) await search.settle(user);
      for (const user of users) assert.equal(await count(user), 750);
      const page = await search.find(users[0]!, { query: 'message', limit: 3, after: null, timeZone: null });
      assert.deepEqual(
        page.mails.map(({ subject }) => subject),
        ['Message 749', 'Message 748', 'Message 747'],
      );
      assert.equal(page.total, 750);
    });

    test('what came while it was stopped, and in the middle of an import', async () => {
      const user = newUser();
      await rig.mails.ingestMails(user, messages(0, 500));
      await restart(async () => {
        await rig.mails.ingestMails(user, messages(500, 900));
      });
      await search.settle(user);
      assert.equal(await count(user), 900);
    });

    test('a file that is lost or damaged is made anew', async () => {
      const user = newUser();
      await rig.mails.ingestMails(user, messages(0, 30));
      await search.settle(user);
      const file = join(rig.dataDir, 'search', `${user}.sqlite`);
      const wipe = (): void => {
        for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      };
      await restart(wipe);
      await waitForCount(user, 30);
      await search.settle(user);
      wipe();
      // Also while it is in use.
      await waitForCount(user, 30);
      await restart(() => {
        wipe();
        writeFileSync(file, 'this is no database '.repeat(1000));
      });
      await waitForCount(user, 30);
      await search.settle(user);
      await restart(() => {
        // All but the first page, which says what tables there are.
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.fill(0xa5, 4096));
      });
      // Whoever asks before it was made anew is told so, and never a wrong number.
      const answer = await count(user).catch((error: MailError) => error.reason);
      assert.ok(answer === 'search-index' || answer === 30, String(answer));
      await search.settle(user);
      assert.equal(await count(user), 30);
    });

    test('an index of an older version is made anew without being asked for', async () => {
      const user = newUser();
      await rig.mails.ingestMails(user, messages(0, 20));
      await search.settle(user);
      const file = join(rig.dataDir, 'search', `${user}.sqlite`);
      await restart(async () => {
        const old = new Sqlite(file);
        old.exec('DELETE FROM doc; DELETE FROM mail_text; PRAGMA user_version = 1');
        old.close();
        await rig.db.write(async (tx) => await tx.run('UPDATE search_cursor SET version = 1'));
      });
      let docs = 0;
      for (let tries = 0; docs < 20 && tries < 2000; tries += 1) {
        const now = new Sqlite(file, { readonly: true });
        docs = now.prepare('SELECT COUNT(*) FROM doc').pluck().get() as number;
        now.close();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      assert.equal(docs, 20);
      assert.equal(await count(user), 20);
    });

    test('removed mails are gone from the results at once, and from the index for good', async () => {
      const user = newUser();
      const ids = (await rig.mails.ingestMails(user, messages(0, 400))).map(({ mailId }) => mailId);
      await search.settle(user);
      await rig.mails.move(user, ids, 'trash');
      await rig.mails.remove(user, ids.slice(0, 390));
      assert.equal(await count(user), 10);
      await search.settle(user);
      assert.equal(await count(user), 10);
      const { total } = await search.find(user, { query: 'message', limit: 5, after: null, timeZone: null });
      assert.equal(total, 10);
    });
  });
}

const PAGE = 100;

/** A pool that indexes nothing and remembers the order. */
function makeFakePool(delay: () => Promise<void>) {
  const states = new Map<string, IndexState>();
  const order: string[] = [];
  const seen = new Map<string, Set<number>>();
  const pool: IndexPool = {
    ask: async (request: SearchRequest): Promise<SearchAnswer> => {
      const { user } = request;
      if (request.kind === 'index') {
        order.push(user);
        await delay();
        const mails = seen.get(user) ?? new Set();
        for (const { mail } of request.rows) mails.add(mail);
        seen.set(user, mails);
      }
      if (request.kind === 'finish') states.set(user, request.state);
      const state = states.get(user) ?? { modseq: 0, mail: 0, removed: 0 };
      return {
        state,
        newest: 0,
        found: [],
        stop: 0,
        count: 0,
        more: false,
        people: [],
        words: [],
        snippets: [],
      };
    },
  };
  return { pool, order, seen, states };
}

describe('users take turns', () => {
  let servers: TestEngine;
  let rig: MailRig;
  before(async () => {
    servers = await startEngine('sqlite');
    rig = await startMailRig(servers);
  });
  after(async () => {
    await rig.stop();
    await servers.stop();
  });
  const start = (pool: IndexPool) => {
    const indexer = new Indexer({ db: rig.db, log: silentLogger }, pool, {
      settle: 1,
      patience: 10,
      page: PAGE,
    });
    const running = [indexer.run(), indexer.run()];
    return {
      indexer,
      stop: async () => {
        indexer.stop();
        await Promise.all(running);
      },
    };
  };

  test('new mail of one does not wait for the import of another', async () => {
    const importer = newUser();
    const other = newUser();
    for (let batch = 0; batch < 15; batch++) {
      await rig.mails.ingestMails(importer, messages(batch * 200, batch * 200 + 200));
    }
    await rig.mails.ingestMails(other, messages(0, 1));
    const fake = makeFakePool(async () => {
      // The other's mail comes when the import is under way.
      if (fake.order.length === 4) run.indexer.touch(other);
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    const run = start(fake.pool);
    run.indexer.touch(importer);
    assert.equal(await run.indexer.catchUp(importer, 60_000), true);
    await run.stop();
    assert.equal(fake.seen.get(importer)?.size, 3000);
    assert.equal(
      fake.order.filter((user) => user === importer).length,
      Math.ceil(3000 / PAGE),
      'each page once',
    );
    const place = fake.order.indexOf(other);
    assert.ok(place > 0 && place < 12, `served as number ${place} of ${fake.order.length}`);
  });

  test('a thread that fails is asked again from the state that was kept', async () => {
    const user = newUser();
    for (let batch = 0; batch < 15; batch++) {
      await rig.mails.ingestMails(user, messages(batch * PAGE, batch * PAGE + PAGE));
    }
    let calls = 0;
    const fake = makeFakePool(async () => {
      calls += 1;
      if (calls === 12) throw new Error('the thread died');
    });
    const run = start(fake.pool);
    run.indexer.touch(user);
    while (fake.states.get(user)?.mail !== Number.MAX_SAFE_INTEGER) {
      await run.indexer.catchUp(user, 200);
    }
    await run.stop();
    assert.equal(fake.seen.get(user)?.size, 15 * PAGE);
    assert.ok(calls < 12 + 15, 'what was noted as done is not done again');
  });

  test('sets of words are made for who looks for mail, also when none comes, and for nobody else', async () => {
    const [seeker, reader] = [newUser(), newUser()];
    for (const user of [seeker, reader]) await rig.mails.ingestMails(user, messages(0, 1));
    const fake = makeFakePool(async () => undefined);
    const tidied: [string, boolean][] = [];
    const run = start({
      ask: async (request) => {
        if (request.kind === 'tidy') tidied.push([request.user, request.sets]);
        return await fake.pool.ask(request);
      },
    });
    const waitFor = async (count: number): Promise<void> => {
      while (tidied.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    run.indexer.noteSeeker(seeker);
    await waitFor(1);
    run.indexer.noteSeeker(seeker);
    run.indexer.touch(reader);
    await waitFor(2);
    await run.stop();
    assert.deepEqual(tidied, [
      [seeker, true],
      [reader, false],
    ]);
  });
});
