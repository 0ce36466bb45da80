import { isMailAddress } from '../../common/compose/check-address.ts';

/** A mail that gets its sender off a list: one recipient; other fields than subject and text count for nothing (RFC 6068 4). */
export interface UnsubscribeMail {
  to: string;
  subject: string;
  text: string;
}

/** Null for what is no address to write to. */
export function parseMailto(href: string): UnsubscribeMail | null {
  const url = URL.parse(href);
  if (url?.protocol !== 'mailto:') return null;
  const [first = ''] = decode(url.pathname).split(',');
  const to = first.trim();
  if (!isMailAddress(to)) return null;
  const fields = new Map<string, string>();
  for (const pair of url.search.slice(1).split('&')) {
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at)).toLowerCase();
    if (!fields.has(name)) fields.set(name, at === -1 ? '' : decode(pair.slice(at + 1)));
  }
  const subject = (fields.get('subject') ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  return {
    to,
    subject: subject === '' ? 'unsubscribe' : subject.slice(0, 500),
    text: (fields.get('body') ?? '').slice(0, 5000),
  };
}

/** `+` stands for itself in these addresses. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text).toWellFormed();
  } catch {
    return '';
  }
}
