import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { MailRow } from '../../../common/shapes/mail.ts';
import type { Clock } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { openDatabase } from '../../../server-kit/database/open.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { openLocalBlobStore, type LocalBlobStore } from '../../../storage-server/blob/local-blob-store.ts';
import { makeEvents, type Events } from '../../../storage-server/event/events.ts';
import type { Home } from '../../../storage-server/home/home.ts';
import { makeMails } from '../../../storage-server/mail/make-mails.ts';
import { makeMailIds } from '../../../storage-server/mail/mail-id.ts';
import type { Mails } from '../../../storage-server/mail/mails.ts';
import { makeMailboxes } from '../../../storage-server/mailbox/mailboxes.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import { makeTestHome } from '../test-home.ts';

export const USER = 'user_test';
/** A clock that tests move. */
export interface TestClock extends Clock {
  at: number;
}

/** The real store on disk, for one user whose profile is only the six mailboxes. */
export interface TestStore {
  db: Database;
  blobs: LocalBlobStore;
  mails: Mails;
  events: Events;
  home: Home;
  clock: TestClock;
  /** All rows of the inbox, newest first. */
  listInbox(user?: string): Promise<MailRow[]>;
  /** The exact bytes of all mails of the inbox. */
  readAll(user?: string): Promise<Buffer[]>;
  close(): Promise<void>;
}

export interface StoreFaults {
  blobs?: (real: LocalBlobStore) => LocalBlobStore;
}

/** `database`: instead of SQLite in `dir`; it is closed with the store. */
export async function openTestStore(
  dir: string,
  faults: StoreFaults = {},
  database: Database | null = null,
): Promise<TestStore> {
  const log = silentLogger;
  const db =
    database ??
    (await openDatabase({
      database: { engine: 'sqlite' },
      file: join(dir, 'storage.sqlite'),
      schema: 'storage',
      migrations: [...migrations],
      log,
    }));
  const key = Buffer.alloc(32, 7);
  const real = await openLocalBlobStore({ dataDir: dir, key, log });
  const blobs = faults.blobs?.(real) ?? real;
  const clock: TestClock = { at: Date.now(), now: () => clock.at };
  const events = makeEvents();
  const home = makeTestHome();
  const mailboxes = makeMailboxes({ db, home });
  const mails = makeMails({ db, blobs, events, home, mailboxes, ids: makeMailIds(key), clock });
  const listInbox = async (user = USER): Promise<MailRow[]> => {
    const rows: MailRow[] = [];
    let after: string | null = null;
    do {
      const page = await mails.readPage(user, { mailbox: 'inbox', account: null, limit: 500, after });
      rows.push(...page.mails);
      after = page.next;
    } while (after !== null);
    return rows;
  };
  return {
    db,
    blobs,
    mails,
    events,
    home,
    clock,
    listInbox,
    readAll: async (user = USER) => {
      const all: Buffer[] = [];
      for (const row of await listInbox(user)) {
        const raw = await mails.openRaw(user, row.id, null);
        const pieces: Buffer[] = [];
        for await (const piece of raw.open(0, raw.size)) pieces.push(piece as Buffer);
        all.push(Buffer.concat(pieces));
      }
      return all;
    },
    close: async () => {
      await blobs.close();
      await db.close();
    },
  };
}

/** `count` different messages, newest last. */
export function makeMessages(count: number, label = 'mail'): Buffer[] {
  return Array.from({ length: count }, (_, n) => {
    const date = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toUTCString().replace('GMT', '+0000');
    const head = `From: Sender ${n} <s${n}@example.org>\r\nTo: alice@example.org\r\nDate: ${date}\r\nMessage-ID: <${label}-${n}@example.org>\r\nSubject: ${label} ${n}\r\n\r\n`;
    return Buffer.from(`${head}${randomBytes(300).toString('base64').replace(/.{70}/g, '$&\r\n')}\r\n`);
  });
}
