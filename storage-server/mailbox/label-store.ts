import type { Writer } from '../../server-kit/database/database.ts';
import { labelKey, readLabels } from '../mail/mail-record.ts';
import { chunk, makeList } from '../mail/mail-store.ts';
import type { MailState } from '../mail/mail-state.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';

type Labelled = Pick<MailState, 'id' | 'mailbox' | 'date' | 'labels'>;

/** A row for each label of each mail, by the folded name: lists of a label are read from here alone. */
export async function insertLabels(tx: Writer, user: string, mails: readonly Labelled[]): Promise<void> {
  const rows = mails.flatMap((mail) =>
    readLabels(mail.labels).map((name) => [user, mail.id, labelKey(name), mail.mailbox, mail.date]),
  );
  await writeRows(tx, 'mail_label', ['user_id', 'mail', 'label', 'mailbox', 'date'], rows);
}

export async function deleteLabels(tx: Writer, user: string, mails: readonly number[]): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(`DELETE FROM mail_label WHERE user_id = ? AND mail IN (${places})`, [user, ...params]);
  }
}
