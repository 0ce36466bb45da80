import type { StorageCore } from '../../context.ts';
import { splitAccounts, type MailRecord } from '../../mail/mail-record.ts';
import type { UserProfile } from '../../home/home.ts';
import type { RuledMail } from './evaluate-mail.ts';
import { BODY_BYTES } from './read-body.ts';

/** A mail of the store as rules are asked about it; of its body only what they may look at, or nothing. */
export async function openStoredMail(
  core: { blobs: Pick<StorageCore['blobs'], 'read' | 'open'> },
  record: Pick<MailRecord, 'header' | 'body' | 'size' | 'attachments' | 'accounts'>,
  profile: Pick<UserProfile, 'accounts'>,
  withBody: boolean,
): Promise<RuledMail> {
  const header = await core.blobs.read(record.header);
  const pieces: Buffer[] = [];
  const length = Math.min(record.size - header.length, BODY_BYTES);
  if (withBody) for await (const piece of core.blobs.open(record.body, 0, length)) pieces.push(piece);
  const id = splitAccounts(record.accounts)[0] ?? '';
  const email = profile.accounts.find((account) => account.id === id)?.email ?? '';
  return {
    header,
    body: Buffer.concat(pieces),
    size: record.size,
    account: { id, email },
    attachments: record.attachments,
  };
}
