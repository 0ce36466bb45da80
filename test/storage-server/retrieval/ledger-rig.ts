import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Engine } from '../../../server-kit/database/database.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import type { MaildropResult } from '../../../storage-server/retrieval/retrieve-maildrop.ts';
import { startPop3Server, type FakePop3, type FakePop3Options } from '../../fakes/pop3-server.ts';
import { startEngine, type TestEngine } from '../../harness/engines.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { pollOnce, type Poll } from './retrieve.ts';
import { openTestStore, USER, type TestStore } from './store.ts';

/** A store on an engine and one POP3 server at a time, new for each test of the suite that makes it. */
export interface LedgerRig {
  readonly store: TestStore;
  readonly server: FakePop3;
  readonly dir: string;
  /** Another server in the place of the last one. */
  readonly serve: (options: FakePop3Options) => Promise<FakePop3>;
  readonly poll: (keep?: string, more?: Partial<Poll>) => Promise<MaildropResult>;
  /** How often a command came, to the present server. */
  readonly countOf: (verb: string) => number;
  /** How many messages the present server still has. */
  readonly countThere: () => number;
  /** Exactly these messages are in the inbox, in any order. */
  readonly assertStored: (expected: readonly Buffer[], user?: string) => Promise<void>;
  /** The user removes the mails with these subjects for ever. */
  readonly remove: (...subjects: string[]) => Promise<void>;
}

/** To be called within `describe`: sets up and takes down around each test. */
export function useLedgerRig(engine: Engine): LedgerRig {
  let running: TestEngine;
  let temp: ReturnType<typeof makeTempDir>;
  let store: TestStore;
  let server: FakePop3 | null = null;
  before(async () => {
    running = await startEngine(engine);
  });
  after(async () => await running.stop());
  beforeEach(async () => {
    temp = makeTempDir('ledger');
    store = await openTestStore(temp.path, {}, await running.open([...migrations]));
  });
  afterEach(async () => {
    await server?.close();
    server = null;
    await store.close();
    temp.remove();
  });
  const rig: LedgerRig = {
    get store() {
      return store;
    },
    get server() {
      assert.ok(server !== null, 'nothing serves');
      return server;
    },
    get dir() {
      return temp.path;
    },
    serve: async (options) => {
      await server?.close();
      server = await startPop3Server(options);
      return server;
    },
    poll: async (keep = 'always', more = {}) =>
      await pollOnce(store, { port: rig.server.port, dir: temp.path, keep, ...more }),
    countOf: (verb) => rig.server.commands.filter((line) => line.includes(` ${verb}`)).length,
    countThere: () => rig.server.messages.filter((message) => message !== null).length,
    assertStored: async (expected, user) => {
      const sort = (mails: readonly Buffer[]): string[] =>
        mails.map((bytes) => bytes.toString('latin1')).sort();
      assert.deepEqual(sort(await store.readAll(user)), sort(expected));
    },
    remove: async (...subjects) => {
      const rows = (await store.listInbox()).filter(({ subject }) => subjects.includes(subject));
      assert.equal(rows.length, subjects.length);
      const ids = rows.map(({ id }) => id);
      await store.mails.move(USER, ids, 'trash');
      await store.mails.remove(USER, ids);
    },
  };
  return rig;
}

/** `1`, `2`… as UIDLs, behind a prefix. */
export function numberUidls(count: number, prefix = ''): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}
