import type { StorageCore } from '../../context.ts';
import { isLost } from '../../mail/show/lost-structure.ts';
import { splitAccounts, type MailRecord } from '../../mail/mail-record.ts';
import type { UserProfile } from '../../home/home.ts';
import type { RuledMail } from './evaluate-mail.ts';
import { BODY_BYTES } from './read-body.ts';

/** A mail of the store as rules are asked about it; of its body only what they may look at, or nothing. Null: its bytes are lost. */
export async function openStoredMail(
  core: { blobs: Pick<StorageCore['blobs'], 'read' | 'open'> },
  record: Pick<MailRecord, 'header' | 'body' | 'size' | 'attachments' | 'accounts'>,
  profile: Pick<UserProfile, 'accounts'>,
  withBody: boolean,
): Promise<RuledMail | null> {
  const bytes = await readBytes(core.blobs, record, withBody);
  if (bytes === null) return null;
  const id = splitAccounts(record.accounts)[0] ?? '';
  const email = profile.accounts.find((account) => account.id === id)?.email ?? '';
  return {
    ...bytes,
    size: record.size,
    account: { id, email },
    attachments: record.attachments,
  };
}

async function readBytes(
  blobs: Pick<StorageCore['blobs'], 'read' | 'open'>,
  record: Pick<MailRecord, 'header' | 'body' | 'size'>,
  withBody: boolean,
): Promise<{ header: Buffer; body: Buffer } | null> {
  try {
    const header = await blobs.read(record.header);
    const pieces: Buffer[] = [];
    const length = Math.min(record.size - header.length, BODY_BYTES);
    if (withBody) for await (const piece of blobs.open(record.body, 0, length)) pieces.push(piece);
    return { header, body: Buffer.concat(pieces) };
  } catch (error) {
    if (isLost(error)) return null;
    throw error;
  }
}
