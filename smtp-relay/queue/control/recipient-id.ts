import { MailError } from '../../../common/errors.ts';

/** A queued mail (`number` null: all its recipients) or one of its recipients. */
export interface RecipientId {
  mail: string;
  number: number | null;
}

/** `queue_…` is a mail, `queue_…-3` one recipient of it: ids of the contract, both. */
export function formatRecipientId(mail: string, number: number): string {
  return `${mail}-${number}`;
}

/** MailError `invalid` for what is neither. */
export function readRecipientId(id: string): RecipientId {
  const match = /^([A-Za-z0-9]\w{0,59})(?:-(\d{1,6}))?$/.exec(id);
  if (match === null) throw new MailError('invalid', 'no id of a queued mail', { field: 'ids' });
  const [, mail = '', number] = match;
  return { mail, number: number === undefined ? null : Number(number) };
}
