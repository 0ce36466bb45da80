import { isMailAddress } from '../../../common/compose/check-address.ts';
import type { MailtoOrder } from '../../native-api/native-api.ts';

const LONGEST = 65_536;
const MOST_RECIPIENTS = 100;
const LONGEST_SUBJECT = 998;

/**
 * A mailto: address as RFC 6068 writes it, strictly: to, cc, bcc, subject and body; `attach` and every other field
 * are dropped, so that a link can never reach a file or set a header. null when it is not a mailto: or not readable.
 */
export function parseMailto(text: string): MailtoOrder | null {
  if (text.length > LONGEST || !/^mailto:/i.test(text)) return null;
  const [address = '', ...rest] = text.slice('mailto:'.length).split('#', 1)[0]!.split('?');
  const order: MailtoOrder = { to: [], cc: [], bcc: [], subject: '', body: '' };
  if (!addRecipients(order.to, address)) return null;
  for (const field of rest.join('?').split('&')) {
    const equals = field.indexOf('=');
    if (equals < 0) continue;
    if (!takeField(order, field.slice(0, equals).toLowerCase(), field.slice(equals + 1))) return null;
  }
  return order;
}

function takeField(order: MailtoOrder, name: string, raw: string): boolean {
  if (name === 'to' || name === 'cc' || name === 'bcc') return addRecipients(order[name], raw);
  if (name !== 'subject' && name !== 'body') return true;
  const value = decode(raw);
  if (value === null) return false;
  if (name === 'subject')
    order.subject = value
      .replace(/[\u0000-\u001f\u007f]+/g, ' ')
      .trim()
      .slice(0, LONGEST_SUBJECT);
  else order.body = value.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  return true;
}

/** Commas part addresses before decoding: an encoded one belongs to its address. */
function addRecipients(list: string[], raw: string): boolean {
  for (const part of raw.split(',')) {
    const address = decode(part);
    if (address === null) return false;
    const trimmed = address.trim();
    if (isMailAddress(trimmed) && list.length < MOST_RECIPIENTS) list.push(trimmed);
  }
  return true;
}

/** Percent-encoded UTF-8; `+` stands for itself here, unlike in forms. */
function decode(raw: string): string | null {
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}
