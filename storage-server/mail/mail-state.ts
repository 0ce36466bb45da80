import type { Flag } from '../../common/shapes/mail.ts';
import { labelKey, packFlags, packLabels, readLabels, type MailRecord } from './mail-record.ts';

/** What a change of a mail needs to know of it, and what lists and counters know it by. */
export type MailState = Pick<
  MailRecord,
  'id' | 'modseq' | 'mailbox' | 'thread' | 'date' | 'size' | 'flags' | 'accounts' | 'labels'
>;

export const STATE_COLUMNS = 'id, modseq, mailbox, thread, date, size, flags, accounts, labels';

/** What is to become of a mail; what is left out stays as it is. */
export interface MailChange {
  /** Id. */
  mailbox?: string;
  addFlags?: readonly Flag[];
  removeFlags?: readonly Flag[];
  /** Labels are removed first: one in both lists is there afterwards, spelt as in this one. */
  addLabels?: readonly string[];
  removeLabels?: readonly string[];
}

/** The mail as the change leaves it; the same object where nothing changes. */
export function applyChange<T extends MailState>(mail: T, change: MailChange): T {
  const flags = (mail.flags | packFlags(change.addFlags ?? [])) & ~packFlags(change.removeFlags ?? []);
  const labels = changeLabels(mail.labels, change.addLabels ?? [], change.removeLabels ?? []);
  const mailbox = change.mailbox ?? mail.mailbox;
  if (flags === mail.flags && labels === mail.labels && mailbox === mail.mailbox) return mail;
  return { ...mail, mailbox, flags, labels };
}

function changeLabels(
  labels: string | null,
  add: readonly string[],
  remove: readonly string[],
): string | null {
  if (add.length === 0 && remove.length === 0) return labels;
  const gone = new Set(remove.map(labelKey));
  return packLabels([...readLabels(labels).filter((name) => !gone.has(labelKey(name))), ...add]);
}
