import { MailError } from '../../common/errors.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { openBlobReader, type BlobReader } from '../blob/blob-reader.ts';
import type { KnownMailbox } from '../home/home.ts';
import type { OpenStore } from '../keeping/open-store.ts';
import { nameLedger } from '../retrieval/ledger/ledger-key.ts';
import {
  describeMails,
  type DescribedMail,
  type Places,
  type StoredFile,
} from '../transfer/archive/describe-mail.ts';
import { listRemoved } from '../transfer/archive/write-archive.ts';
import { listExported } from '../transfer/list-exported.ts';
import type { Repository } from './repository.ts';
import type { Snapshot } from './repository-store.ts';
import type { SnapshotHead } from './snapshot-lines.ts';

/**
 * Adds a user's mail and profile as they are now to a repository: what it has already is not read again. Beside a
 * running server: rows come from one transaction that only reads, and blobs stay for a day after the last row is gone.
 */
export async function backUpUser(
  store: OpenStore,
  repository: Repository,
  head: SnapshotHead,
  hear: { onProgress(mails: number): void; onDamaged(mail: string): void },
): Promise<Snapshot> {
  const blobs = openBlobReader({ dataDir: store.dataDir, key: store.blobKey });
  try {
    return await store.db.snapshot(async (read) => {
      const lines = listLines({ ...hear, read, store, repository, blobs, head });
      const { user, name, at } = head;
      return await repository.addSnapshot({ user, name, at }, lines);
    });
  } finally {
    blobs.close();
  }
}

interface Work {
  read: Reader;
  store: OpenStore;
  repository: Repository;
  blobs: BlobReader;
  head: SnapshotHead;
  onProgress(mails: number): void;
  onDamaged(mail: string): void;
}

async function* listLines(
  work: Work,
): AsyncGenerator<{ line: string; bytes: number | null }, void, undefined> {
  const { read, store, head } = work;
  const places = listPlaces(head);
  yield { line: JSON.stringify(head), bytes: null };
  for await (const uidls of listRemoved(read, places)) yield { line: JSON.stringify({ uidls }), bytes: null };
  const core = { db: { read }, ids: store.ids };
  let mails = 0;
  for await (const page of listExported(core, head.user, { mailbox: null, found: null })) {
    for (const mail of await describeMails(core, head.user, page, places)) {
      if (!(await keepFiles(work, mail))) continue;
      const [own] = mail.files;
      yield { line: JSON.stringify({ mail }), bytes: own?.size ?? 0 };
    }
    mails += page.length;
    work.onProgress(mails);
  }
}

/** False where the store itself has lost bytes of it: all else is backed up. */
async function keepFiles(work: Work, { files, facts }: DescribedMail): Promise<boolean> {
  try {
    for (const file of files) await keepFile(work, file);
    return true;
  } catch (error) {
    if (!(error instanceof MailError) || (error.reason !== 'blob' && error.reason !== 'blob-damaged'))
      throw error;
    work.onDamaged(facts.id);
    return false;
  }
}

async function keepFile({ repository, blobs }: Work, file: StoredFile): Promise<void> {
  if (file.kind === 'attachment')
    return await keepBlob(repository, file.blob, () => blobs.open(file.blob, 0, file.size));
  const { header, body, size } = file;
  if (repository.has(header) && repository.has(body)) return;
  const headerSize = (await blobs.read(header)).length;
  await keepBlob(repository, header, () => blobs.open(header, 0, headerSize));
  await keepBlob(repository, body, () => blobs.open(body, 0, size - headerSize));
}

/** A pack may have been written anew between finding the row and reading it: then the row says where it is now. */
async function keepBlob(
  repository: Repository,
  id: string,
  open: () => AsyncIterable<Buffer>,
): Promise<void> {
  if (repository.has(id)) return;
  try {
    await repository.put(id, open());
  } catch {
    await repository.put(id, open());
  }
}

/** Mailboxes with their paths and maildrops, from the profile as it was read. */
export function listPlaces({ user, mailboxes, accounts }: SnapshotHead): Places {
  const known = mailboxes.map((one): [string, KnownMailbox] => [one.id, one]);
  return {
    mailboxes: new Map(known),
    maildrops: new Map(accounts.map(({ pop3 }) => [nameLedger(user, pop3), pop3])),
  };
}
