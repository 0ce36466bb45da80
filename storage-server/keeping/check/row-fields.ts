import type { MailRecord } from '../../mail/mail-record.ts';
import type { MailDigest } from '../../mime/digest.ts';

/** What a mail's row repeats of its bytes. */
export const ROW_FIELDS = [
  'subject',
  'sender',
  'recipients',
  'date',
  'snippet',
  'attachments',
  'same_key',
  'problem',
] as const satisfies (keyof MailRecord)[];
export type RowField = (typeof ROW_FIELDS)[number];
export type RowFields = Pick<MailRecord, RowField>;

/** Those that the header alone decides. */
export const HEADER_FIELDS: readonly RowField[] = ['subject', 'sender', 'recipients', 'date', 'same_key'];

/** What the bytes say of a mail, and the times that its date may be. */
export interface RowTruth {
  digest: MailDigest;
  dates: ReadonlySet<number>;
}

/** The digest as a row keeps it. */
export function makeFields(digest: MailDigest): RowFields {
  return {
    subject: digest.subject,
    sender: JSON.stringify(digest.from),
    recipients: JSON.stringify(digest.to),
    date: digest.date,
    snippet: digest.snippet,
    attachments: digest.attachments,
    same_key: digest.sameKey,
    problem: digest.problem,
  };
}

/**
 * The fields in which the row differs from its bytes. In two of them another value than today's is right as well: `date`
 * may be any time that the header or the arrival tells of, because an archive that was imported says which one it is, and
 * an earlier rule chose otherwise; `problem` may be none where it is one that was not always looked for. All others were
 * never decided otherwise in a version that was given to people.
 */
export function compareFields(
  row: RowFields,
  { digest, dates }: RowTruth,
  fields: readonly RowField[] = ROW_FIELDS,
): RowField[] {
  const expected = makeFields(digest);
  return fields.filter((field) => {
    if (row[field] === expected[field]) return false;
    if (field === 'date') return !dates.has(row.date);
    if (field === 'problem') return !(row.problem === null && expected.problem === 'header-twice');
    return true;
  });
}
