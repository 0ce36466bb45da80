import { join } from 'node:path';
import { makeId } from '../../common/ids.ts';
import { SECOND } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { type LocalBlobStore, openLocalBlobStore } from '../../storage-server/blob/local-blob-store.ts';
import { type Events, makeEvents } from '../../storage-server/event/events.ts';
import type { KnownMailbox } from '../../storage-server/home/home.ts';
import type { MailCore } from '../../storage-server/mail/mail-core.ts';
import { makeMailIds } from '../../storage-server/mail/mail-id.ts';
import type { Mails } from '../../storage-server/mail/mails.ts';
import { makeMails } from '../../storage-server/mail/make-mails.ts';
import { makeMailboxes } from '../../storage-server/mailbox/mailboxes.ts';
import type { IncomingMail } from '../../storage-server/mail/ingest/ingest.ts';
import { migrations } from '../../storage-server/migrations/migrations.ts';
import type { TestEngine } from '../harness/engines.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { makeTestHome, ROLE_MAILBOXES } from './test-home.ts';

export const NOW = Date.UTC(2026, 10, 20, 12);

export interface MailRig {
  core: MailCore;
  db: Database;
  blobs: LocalBlobStore;
  mails: Mails;
  events: Events;
  clock: { at: number; now(): number };
  dataDir: string;
  stop(): Promise<void>;
}

/** Beside those with roles one called Own, below Archive. */
const MAILBOXES: readonly KnownMailbox[] = [
  ...ROLE_MAILBOXES,
  { id: 'mbx_own', name: 'Own', role: null, parent: 'mbx_archive', path: 'Archive/Own' },
];

/** The mail store on an empty database of `engine`, without profile-server and HTTP. */
export async function startMailRig(engine: TestEngine): Promise<MailRig> {
  const directory = makeTempDir('mails');
  const rig = await openMailRig(directory.path, await engine.open(migrations));
  return {
    ...rig,
    stop: async () => {
      await rig.stop();
      directory.remove();
    },
  };
}

/** The same in a directory that may hold mails already; `db` null: the SQLite file in it. */
export async function openMailRig(dataDir: string, given: Database | null): Promise<MailRig> {
  const log = silentLogger;
  const file = join(dataDir, 'storage.sqlite');
  const sqlite = { database: { engine: 'sqlite' as const }, file, schema: '', migrations, log };
  const db = given ?? (await openDatabase(sqlite));
  const blobs = await openLocalBlobStore({ dataDir, key: Buffer.alloc(32, 7), log });
  const clock = { at: NOW, now: () => clock.at };
  const home = makeTestHome(MAILBOXES);
  const core: MailCore = {
    db,
    blobs,
    events: makeEvents(),
    home,
    mailboxes: makeMailboxes({ db, home }),
    ids: makeMailIds(Buffer.alloc(32, 9)),
    clock,
  };
  return {
    core,
    db,
    blobs,
    mails: makeMails(core),
    events: core.events,
    clock,
    dataDir,
    stop: async () => {
      await blobs.close();
      await db.close();
    },
  };
}

/** A mail as retrieval hands it in. */
export function incoming(source: string | Uint8Array, change: Partial<IncomingMail> = {}): IncomingMail {
  return {
    account: 'acc_a',
    mailbox: 'mbx_inbox',
    source: typeof source === 'string' ? Buffer.from(source, 'latin1') : source,
    received: NOW,
    flags: [],
    sendKey: null,
    ...change,
  };
}

/** An ordinary message; `number` makes subject, Message-ID, date and text its own. */
export function makeMessage(number: number, headers: string[] = []): string {
  return [
    `From: "Sender ${number}" <sender${number}@example.com>`,
    'To: user@example.org',
    `Subject: Message ${number}`,
    `Date: ${new Date(NOW - 1_000_000 * SECOND + number * 60 * SECOND).toUTCString()}`,
    `Message-ID: <message-${number}@example.com>`,
    ...headers,
    '',
    `This is the text of message ${number}.`,
    '',
  ].join('\r\n');
}

export function newUser(): string {
  return makeId('user', (size) => crypto.getRandomValues(new Uint8Array(size)));
}

export async function readAll(bytes: {
  size: number;
  open(start: number, end: number): AsyncIterable<Buffer>;
}) {
  const pieces: Buffer[] = [];
  for await (const piece of bytes.open(0, bytes.size)) pieces.push(piece);
  return Buffer.concat(pieces);
}
