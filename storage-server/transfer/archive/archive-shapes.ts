import { z } from 'zod';
import { draftContent } from '../../../common/shapes/draft.ts';
import { FLAGS } from '../../../common/shapes/mail.ts';

/** The format's name and version: a reader refuses what is newer. */
export const ARCHIVE_FORMAT = 'valija-archive';
export const ARCHIVE_VERSION = 1;

const text = z.string();
const path = z.string().min(1).max(1000);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.number().int().min(0);
const time = z.string().datetime();
/** Rows list ids of accounts with commas between them. */
const account = z
  .string()
  .max(64)
  .regex(/^[^,\s]*$/);
const accountId = account.nullable();
/** What the columns behind it take: a line that does not fit is refused alone, not by the database with all others. */
const short = z.string().max(255);

function isEachOnce(names: readonly unknown[]): boolean {
  return new Set(names).size === names.length;
}

/** `manifest.json`, the first file. */
export const archiveManifest = z.object({
  format: z.literal(ARCHIVE_FORMAT),
  version: z.number().int().min(1),
  made: time,
  by: text,
});

/** Bytes in a file of their own. */
const stored = z.object({ file: path, sha256, size });

/** What a maildrop's ledger says of a mail: under which UIDL the server lists it. */
export const archivedUidl = z.object({
  /** The account that retrieved it. */
  account: accountId,
  /** Null where the account has moved to another maildrop since. */
  maildrop: z.object({ host: text, port: z.number().int(), user: text }).nullable(),
  uidl: z.string().max(255),
  size,
  state: z.enum(['kept', 'deleting', 'deleted', 'stays', 'lost']),
  firstSeen: time,
  listed: z.boolean(),
  /** When the user removed the mail for ever. */
  removedAt: time.nullable(),
});
export type ArchivedUidl = z.infer<typeof archivedUidl>;

/** `accounts.json`: whose mail it was, by maildrop: ids may be others on another server. */
export const archivedAccounts = z.array(
  z.object({
    id: z.string().max(64),
    email: text,
    pop3: z.object({ host: text, port: z.number().int(), user: text }),
  }),
);
export type ArchivedAccount = z.infer<typeof archivedAccounts>[number];

const recipient = z.looseObject({ address: z.string().max(320), state: z.string().max(16) });

/** One mail: a line of `mails/NNNNNNN.jsonl`, whose files follow it. */
export const archivedMail = z.object({
  id: z.string().max(64),
  ...stored.shape,
  /** Path of names, and the role where it has one. */
  mailbox: text,
  role: text.nullable(),
  flags: z.array(z.enum(FLAGS)),
  /** Longer than ours may be: older versions kept them as other programs had them. */
  labels: z.array(z.string().max(8000)).max(1000),
  date: time,
  received: time,
  thread: z.string().max(64),
  accounts: z.array(account).refine(isEachOnce),
  /** The same mail as other accounts brought it, with bytes of their own. */
  others: z
    .array(stored.extend({ account: accountId }))
    .max(200)
    .refine((others) => isEachOnce(others.map((one) => one.account ?? ''))),
  /** What was sent: its state and the last word about each recipient. */
  sent: z
    .object({
      sendKey: z.string().max(64),
      messageId: z.string().max(1000),
      mailFrom: z.string().max(320),
      state: z.enum(['waiting', 'trying', 'taken', 'refused', 'cancelled']),
      at: time,
      recipients: z
        .array(recipient)
        .max(1000)
        .refine((list) => isEachOnce(list.map(({ address }) => address))),
    })
    .nullable(),
  draft: z
    .object({
      messageId: z.string().max(400),
      content: draftContent,
      thread: z.object({ mail: text.nullable(), inReplyTo: text.nullable(), references: z.array(text) }),
      savedAt: time,
      attachments: z.array(stored.extend({ name: short, type: short })).max(200),
    })
    .nullable(),
  uidls: z.array(archivedUidl).max(1000),
  /** What its user wants to be reminded of; missing in older archives. */
  reminder: z.object({ at: time, unlessAnswered: z.boolean() }).nullish(),
  /** Until when it is put off; missing in older archives. */
  snooze: z.object({ at: time }).nullish(),
});
export type ArchivedMail = z.infer<typeof archivedMail>;
