import type { BlobReader } from '../blob/blob-reader.ts';
import { ArchiveWriter } from '../transfer/archive/write-archive.ts';
import type { DescribedMail } from '../transfer/archive/describe-mail.ts';
import type { Repository } from './repository.ts';
import type { Snapshot } from './repository-store.ts';
import type { SnapshotHead, SnapshotLine } from './snapshot-lines.ts';

const LIST = 100;

/** A snapshot's first line. */
export function readHead(repository: Repository, snapshot: Snapshot): SnapshotHead {
  for (const line of repository.readSnapshot(snapshot)) return JSON.parse(line) as SnapshotHead;
  throw new Error('a snapshot without lines');
}

/** A snapshot as an archive (docs/transfer.md): what every server imports. */
export async function* buildArchive(
  repository: Repository,
  snapshot: Snapshot,
): AsyncGenerator<Uint8Array, void, undefined> {
  const writer = new ArchiveWriter(readFrom(repository), snapshot.at, { onLost: () => undefined });
  const lines = repository.readSnapshot(snapshot);
  const head = JSON.parse(lines.next().value ?? 'null') as SnapshotHead;
  yield* writer.begin(head.profile, head.accounts);
  let mails: DescribedMail[] = [];
  for (const text of lines) {
    const line = JSON.parse(text) as SnapshotLine;
    if ('uidls' in line) yield writer.writeRemoved(line.uidls);
    else mails.push(line.mail);
    if (mails.length < LIST) continue;
    yield* writer.addMails(mails);
    mails = [];
  }
  yield* writer.addMails(mails);
  yield* writer.end();
}

function readFrom(repository: Repository): BlobReader {
  return {
    read: async (id) => Buffer.concat([...repository.read(id)]),
    open: async function* (id, start, end) {
      yield* repository.read(id, start, end);
    },
  };
}
