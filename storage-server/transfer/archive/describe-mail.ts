import { formatTime } from '../../../common/time.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import type { StorageCore } from '../../context.ts';
import { readAttachments, readDraft } from '../../draft/draft-store.ts';
import type { KnownMailbox } from '../../home/home.ts';
import { readLabels, splitAccounts, unpackFlags, type MailRecord } from '../../mail/mail-record.ts';
import { findOriginals, type OriginalRecord } from '../../mail/mail-store.ts';
import { type ReminderRow, listReminders } from '../../reminder/reminder-store.ts';
import { nameLedger } from '../../retrieval/ledger/ledger-key.ts';
import type { LedgerEntry } from '../../retrieval/ledger/ledger-store.ts';
import { readRecipientStatus } from '../../sending/status/recipient-store.ts';
import { findSendByMail } from '../../sending/send-store.ts';
import { findEntriesOf } from '../export-store.ts';
import { isPutOff } from '../../snooze/is-put-off.ts';
import { findSnoozes, type SnoozeRow } from '../../snooze/snooze-store.ts';
import type { ArchivedMail, ArchivedUidl } from './archive-shapes.ts';

export interface DescribeCore {
  db: { read: Reader };
  ids: StorageCore['ids'];
}

/** Bytes that an archive holds as a file, and where they are. */
export type StoredFile =
  | { kind: 'original'; header: string; body: string; size: number; account: string | null }
  | { kind: 'attachment'; blob: string; size: number; name: string; type: string };

/** All that an archive says of a mail but for what its files are called and their hashes; they come in this order. */
export interface DescribedMail {
  facts: Omit<ArchivedMail, 'file' | 'sha256' | 'size' | 'others' | 'draft'>;
  draft: Omit<NonNullable<ArchivedMail['draft']>, 'attachments'> | null;
  files: StoredFile[];
  subject: string;
}

/** A user's mailboxes and maildrops by what rows call them. */
export interface Places {
  mailboxes: ReadonlyMap<string, KnownMailbox>;
  maildrops: ReadonlyMap<string, { host: string; port: number; user: string }>;
}

export async function readPlaces(
  home: Pick<StorageCore['home'], 'readProfile'>,
  user: string,
): Promise<Places> {
  const { mailboxes, accounts } = await home.readProfile(user);
  return {
    mailboxes: new Map(mailboxes.map((one) => [one.id, one])),
    maildrops: new Map(
      accounts.map(({ pop3: { host, port, user: name } }) => [
        nameLedger(user, { host, port, user: name }),
        { host, port, user: name },
      ]),
    ),
  };
}

/** What is to be archived of these mails. */
export async function describeMails(
  core: DescribeCore,
  user: string,
  mails: readonly MailRecord[],
  places: Places,
): Promise<DescribedMail[]> {
  const names = new Map(mails.map(({ id }) => [core.ids.mail(user, id), id]));
  const uidls = Map.groupBy(await findEntriesOf(core.db.read, [...names.keys()]), ({ mail }) =>
    names.get(mail),
  );
  const numbers = mails.filter(({ accounts }) => accounts.includes(',')).map(({ id }) => id);
  const originals = Map.groupBy(await findOriginals(core.db.read, user, numbers), ({ mail }) => mail);
  const reminders = new Map((await listReminders(core.db.read, user)).map((one) => [one.mail, one]));
  const snoozes = new Map((await listWaiting(core.db.read, user, mails)).map((one) => [one.mail, one]));
  const described: DescribedMail[] = [];
  for (const mail of mails) {
    const reminder = reminders.get(core.ids.mail(user, mail.id)) ?? null;
    const one = {
      reminder,
      snooze: snoozes.get(mail.id) ?? null,
      mail,
      uidls: uidls.get(mail.id) ?? [],
      originals: originals.get(mail.id) ?? [],
    };
    described.push(await describeOne(core, user, one, places));
  }
  return described;
}

async function describeOne(
  core: DescribeCore,
  user: string,
  one: {
    mail: MailRecord;
    uidls: LedgerEntry[];
    originals: OriginalRecord[];
    reminder: ReminderRow | null;
    snooze: SnoozeRow | null;
  },
  { mailboxes, maildrops }: Places,
): Promise<DescribedMail> {
  const { mail } = one;
  const id = core.ids.mail(user, mail.id);
  const accounts = splitAccounts(mail.accounts);
  const mailbox = mailboxes.get(mail.mailbox);
  const files: StoredFile[] = [{ ...pickBytes(mail), kind: 'original', account: accounts[0] ?? null }];
  for (const original of one.originals) {
    if (original.account !== accounts[0])
      files.push({ ...pickBytes(original), kind: 'original', account: original.account });
  }
  const isDraft = unpackFlags(mail.flags).includes('draft');
  const draft = isDraft ? await readDraft(core.db.read, user, id) : null;
  if (draft !== null && !draft.sent) {
    for (const { blob, size, name, type } of await readAttachments(core.db.read, user, id)) {
      files.push({ kind: 'attachment', blob, size, name, type });
    }
  }
  return {
    facts: {
      id,
      mailbox: mailbox?.path ?? '',
      role: mailbox?.role ?? null,
      flags: unpackFlags(mail.flags),
      labels: readLabels(mail.labels),
      date: formatTime(mail.date),
      received: formatTime(mail.received),
      thread: core.ids.thread(user, mail.thread),
      accounts,
      sent: mail.send_key === null ? null : await describeSent(core, user, id),
      uidls: one.uidls.map((entry) => describeUidl(entry, maildrops)),
      reminder:
        one.reminder === null
          ? null
          : { at: formatTime(one.reminder.at), unlessAnswered: one.reminder.unlessAnswered },
      snooze: one.snooze === null ? null : { at: formatTime(one.snooze.at) },
    },
    draft:
      draft === null || draft.sent
        ? null
        : {
            messageId: draft.messageId,
            content: draft.content,
            thread: draft.thread,
            savedAt: formatTime(draft.savedAt),
          },
    files,
    subject: mail.subject,
  };
}

/** Those of these mails that are put off still. */
async function listWaiting(read: Reader, user: string, mails: readonly MailRecord[]): Promise<SnoozeRow[]> {
  const places = new Map(
    mails.map(({ id, mailbox, moved_at: movedAt }) => [id, { mail: id, mailbox, movedAt }]),
  );
  const found = await findSnoozes(read, user, [...places.keys()]);
  return found.filter((row) => row.state === 'waiting' && isPutOff(row, places.get(row.mail)));
}

function pickBytes({ header, body, size }: { header: string; body: string; size: number }) {
  return { header, body, size };
}

async function describeSent(core: DescribeCore, user: string, id: string): Promise<ArchivedMail['sent']> {
  const send = await findSendByMail(core.db.read, user, id);
  if (send === null) return null;
  const { sendKey, messageId, mailFrom, state, dueAt } = send;
  const recipients = await readRecipientStatus(core.db.read, user, id);
  return {
    sendKey,
    messageId,
    mailFrom,
    state,
    at: formatTime(dueAt),
    recipients: recipients.map((recipient) => ({ ...recipient })),
  };
}

export function describeUidl(entry: LedgerEntry, maildrops: Places['maildrops']): ArchivedUidl {
  return {
    account: entry.account,
    maildrop: maildrops.get(entry.maildrop) ?? null,
    uidl: entry.uidl,
    size: entry.size,
    state: entry.state,
    firstSeen: formatTime(entry.first_seen),
    listed: entry.listed === 1,
    removedAt: entry.removed_at === null ? null : formatTime(entry.removed_at),
  };
}
