import { makeId } from '../../common/ids.ts';
import type { RecipientStatus } from '../../common/shapes/status.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { StorageCore } from '../context.ts';
import { insertAttachment, insertDraft } from '../draft/draft-store.ts';
import { saveReminder } from '../reminder/reminder-store.ts';
import { nameLedger } from '../retrieval/ledger/ledger-key.ts';
import { saveEntries, type LedgerEntry } from '../retrieval/ledger/ledger-store.ts';
import { findPlaces, saveSnoozes } from '../snooze/snooze-store.ts';
import type { SendRowState } from '../sending/send-store.ts';
import type { ArchivedMail, ArchivedUidl } from './archive/archive-shapes.ts';
import type { Archived } from './found-mail.ts';
import { findUidls, insertFormerSend } from './import-store.ts';

/** What ids of the archive are called here. */
export interface ImportNames {
  accounts: ReadonlyMap<string, string>;
}

/** What an archive says of a mail besides its row: what became of its sending, the draft behind it, its reminder, and until when it is put off. */
export async function restoreDetails(
  core: Pick<StorageCore, 'random' | 'ids'>,
  tx: Writer,
  user: string,
  mail: { archived: Archived; id: string; blobs: readonly string[] },
): Promise<void> {
  const { sent, draft, reminder = null, snooze = null } = mail.archived.mail;
  if (reminder !== null) {
    const { unlessAnswered } = reminder;
    const at = Date.parse(reminder.at);
    // What comes in with it came before: none of it is the answer that is waited for.
    await saveReminder(tx, { user, mail: mail.id, at, unlessAnswered, since: Number.MAX_SAFE_INTEGER });
  }
  if (snooze !== null) await restoreSnooze(core, tx, user, { mail: mail.id, at: Date.parse(snooze.at) });
  if (sent !== null) {
    const recipients = sent.recipients.map((one) =>
      settleRecipient(one as unknown as RecipientStatus, sent.state),
    );
    await insertFormerSend(tx, user, mail.id, {
      ...sent,
      state: settleState(sent.state),
      at: Date.parse(sent.at),
      recipients,
    });
  }
  if (draft === null) return;
  await insertDraft(tx, user, mail.id, {
    messageId: draft.messageId,
    // Mails have other ids here; what the answered one put into the header stays.
    content: { ...draft.content, inReplyTo: null, forwardOf: null },
    thread: { ...draft.thread, mail: null },
    savedAt: Date.parse(draft.savedAt),
  });
  for (const [position, { name, type, size }] of draft.attachments.entries()) {
    const id = makeId('att', core.random);
    const blob = mail.blobs[position] ?? '';
    await insertAttachment(tx, user, mail.id, position, { id, name, type, size, blob, uploadKey: null });
  }
}

/** It comes back from where it lies here; before its time it goes to the Inbox, as its mailbox has another id here. */
async function restoreSnooze(
  core: Pick<StorageCore, 'ids'>,
  tx: Writer,
  user: string,
  { mail, at }: { mail: string; at: number },
): Promise<void> {
  const number = core.ids.read(user, mail);
  const place = (await findPlaces(tx, user, [number])).get(number);
  if (place === undefined) return;
  await saveSnoozes(tx, [{ user, ...place, at, state: 'waiting', home: '' }]);
}

/** What waited to be sent is not sent from here: its own server may have done it since. */
function settleState(state: SendRowState): SendRowState {
  if (state === 'waiting') return 'cancelled';
  return state === 'trying' ? 'taken' : state;
}

function settleRecipient(recipient: RecipientStatus, state: SendRowState): RecipientStatus {
  return state === 'waiting'
    ? { ...recipient, state: 'cancelled', nextTry: null, report: null }
    : { ...recipient, nextTry: null, report: null };
}

/** Under which UIDLs its maildrops list a mail, so that it is not retrieved once more; what is known here already stays. */
export async function saveUidls(
  tx: Writer,
  user: string,
  mail: string,
  uidls: ArchivedMail['uidls'],
  names: ImportNames,
): Promise<void> {
  const entries = uidls.map((one) => makeEntry(user, mail, one, names));
  const maildrops = new Set(entries.map((entry) => entry.maildrop));
  for (const maildrop of maildrops) {
    const own = entries.filter((entry) => entry.maildrop === maildrop);
    const known = await findUidls(
      tx,
      maildrop,
      own.map((entry) => entry.uidl),
    );
    await saveEntries(
      tx,
      own.filter((entry) => !known.has(entry.uidl)),
    );
  }
}

function makeEntry(user: string, mail: string, one: ArchivedUidl, names: ImportNames): LedgerEntry {
  const account = one.account === null ? null : (names.accounts.get(one.account) ?? one.account);
  // One that no account has any more is kept as where the account was before: its bytes are known again by adoption.
  const former = { host: 'former.invalid', port: 110, user: account ?? '' };
  return {
    maildrop: nameLedger(user, one.maildrop ?? former),
    uidl: one.uidl,
    mail,
    account,
    size: one.size,
    state: one.state,
    first_seen: Date.parse(one.firstSeen),
    listed: one.listed ? 1 : 0,
    removed_at: one.removedAt === null ? null : Date.parse(one.removedAt),
    header: null,
    body: null,
  };
}
