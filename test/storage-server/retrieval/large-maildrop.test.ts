import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database, Writer } from '../../../server-kit/database/database.ts';
import type { Pop3Session } from '../../../storage-server/pop3/session.ts';
import type { LedgerEntry } from '../../../storage-server/retrieval/ledger/ledger-store.ts';
import {
  MaildropRetrieval,
  type RetrievalCore,
} from '../../../storage-server/retrieval/retrieve-maildrop.ts';

const COUNT = 300_000;

test('a contract by which hundreds of thousands of messages are due at once', async () => {
  const messages = Array.from({ length: COUNT }, (_, n) => ({ number: n + 1, size: 100, uidl: `u${n}` }));
  const ledger = messages.map(({ uidl, size }): LedgerEntry => ({
    maildrop: 'm',
    uidl,
    mail: `mail ${uidl}`,
    account: 'acc',
    size,
    state: 'kept',
    first_seen: 0,
    listed: 1,
    removed_at: null,
    header: null,
    body: null,
  }));
  const deleted: number[] = [];
  const tx = { engine: 'sqlite', run: async () => ({ changes: 1, insertId: 0 }) } as unknown as Writer;
  const db = {
    engine: 'sqlite',
    read: {
      engine: 'sqlite',
      get: async () => undefined,
      all: async (text: string) => (text.includes('WHERE maildrop = ?') ? ledger : []),
    },
    write: async (work: (tx: Writer) => Promise<unknown>) => await work(tx),
  } as unknown as Database;
  const session = {
    list: async () => ({ messages, hasUidl: true }),
    retrieve: async function* () {
      // Nothing is new.
    },
    delete: async (numbers: number[]) => {
      deleted.push(...numbers);
      return [];
    },
    quit: async () => undefined,
    close: () => undefined,
  } as unknown as Pop3Session;
  const mails = {
    verify: async (_user: string, originals: unknown[]) => originals.map(() => true),
    takeWhatFits: async (_user: string, waiting: unknown[]) => ({ fitting: waiting, full: null }),
  };
  const core = { db, mails, clock: { now: () => Date.now() } } as unknown as RetrievalCore;
  const result = await new MaildropRetrieval(core, {
    session,
    keep: 'delete',
    listsAtMost: null,
    onProgress: () => undefined,
    to: { user: 'user', account: 'acc', maildrop: 'm', mailbox: 'mbx', received: 0, apart: false },
  }).run();
  assert.equal(result.error, null);
  assert.equal(deleted.length, COUNT);
});
