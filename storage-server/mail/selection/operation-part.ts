import { readLabels, labelKey, packLabels } from '../mail-record.ts';
import type { SnoozeRow } from '../../snooze/snooze-store.ts';
import type { MailState } from '../mail-state.ts';

/** What an operation made of a mail, as undo needs it. */
export interface ChangeRecord {
  id: number;
  before: Remembered;
  after: Remembered;
}
type Remembered = Pick<MailState, 'mailbox' | 'flags' | 'labels'>;

/** Numbers of mailboxes and labels stand for their places in `texts`. */
interface Packed {
  texts: (string | null)[];
  mails: number[][];
  /** Absent where there are none. */
  putOff?: PutOff[];
}

/** What a moved mail was put off for. */
export type PutOff = Omit<SnoozeRow, 'user'>;

/** JSON of about 20 bytes a mail: a million of them may be changed at once. */
export function packChanges(changes: readonly ChangeRecord[], putOff: readonly PutOff[] = []): string {
  const texts: (string | null)[] = [];
  const places = new Map<string | null, number>();
  const place = (text: string | null): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, texts.length);
    return texts.push(text) - 1;
  };
  const pack = ({ mailbox, flags, labels }: Remembered): number[] => [place(mailbox), flags, place(labels)];
  const mails = changes.map(({ id, before, after }) => [id, ...pack(before), ...pack(after)]);
  const moved = new Set(changes.filter(isMoved).map(({ id }) => id));
  const kept = putOff.filter(({ mail }) => moved.has(mail));
  return JSON.stringify({ texts, mails, ...(kept.length > 0 ? { putOff: kept } : {}) } satisfies Packed);
}

function isMoved({ before, after }: ChangeRecord): boolean {
  return before.mailbox !== after.mailbox;
}

/** The mails among those that packChanges wrote which were put off. */
export function unpackPutOff(packed: string): PutOff[] {
  return (JSON.parse(packed) as Packed).putOff ?? [];
}

/** What packChanges wrote. */
export function unpackChanges(packed: string): ChangeRecord[] {
  const { texts, mails } = JSON.parse(packed) as Packed;
  const unpack = (mailbox = 0, flags = 0, labels = 0): Remembered => ({
    mailbox: texts[mailbox] ?? '',
    flags,
    labels: texts[labels] ?? null,
  });
  return mails.map(([id = 0, ...rest]) => ({
    id,
    before: unpack(...rest.slice(0, 3)),
    after: unpack(...rest.slice(3, 6)),
  }));
}

/**
 * The mail as it was before the operation, in what the operation changed of it and nothing else; null where one of these
 * things is no longer as the operation left it: somebody meant it to be as it is now.
 */
export function takeBack(mail: MailState, { before, after }: Omit<ChangeRecord, 'id'>): MailState | null {
  const result = { ...mail };
  if (before.mailbox !== after.mailbox) {
    if (mail.mailbox !== after.mailbox) return null;
    result.mailbox = before.mailbox;
  }
  const mask = before.flags ^ after.flags;
  if ((mail.flags & mask) !== (after.flags & mask)) return null;
  result.flags = (mail.flags & ~mask) | (before.flags & mask);
  // As it was to the letter: a label may have been spelt or placed anew.
  if (mail.labels === after.labels) result.labels = before.labels;
  else if (before.labels !== after.labels) {
    const now = keysOf(mail.labels);
    const gained = keysWithout(after.labels, before.labels);
    const lost = keysWithout(before.labels, after.labels);
    if (gained.some((key) => !now.has(key)) || lost.some((key) => now.has(key))) return null;
    const kept = readLabels(mail.labels).filter((name) => !gained.includes(labelKey(name)));
    const back = readLabels(before.labels).filter((name) => lost.includes(labelKey(name)));
    result.labels = packLabels([...kept, ...back]);
  }
  return result;
}

function keysOf(labels: string | null): Set<string> {
  return new Set(readLabels(labels).map(labelKey));
}

function keysWithout(labels: string | null, others: string | null): string[] {
  const known = keysOf(others);
  return [...keysOf(labels)].filter((key) => !known.has(key));
}
