import type { MailAuthentication } from '../../common/shapes/mail.ts';
import type { HeaderFields } from '../mime/headers.ts';

/** How a mail says that one gets off its list; null where it names no way. */
export interface UnsubscribeWay {
  /** Its one-click form may be used: RFC 8058 4. */
  oneClick: boolean;
  /** Addresses of the web, https before http. */
  url: string | null;
  mailto: string | null;
}

const LONGEST = 4000;

/** Reads List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058). */
export function findWay(
  headers: HeaderFields,
  authentication: MailAuthentication | null,
): UnsubscribeWay | null {
  const fields = headers.all('list-unsubscribe');
  const addresses = fields.flatMap(listAddresses);
  const web = addresses.filter((url) => url.protocol === 'https:' || url.protocol === 'http:');
  const url = web.find(({ protocol }) => protocol === 'https:') ?? web[0] ?? null;
  const mailto = addresses.find(({ protocol }) => protocol === 'mailto:') ?? null;
  if (url === null && mailto === null) return null;
  const posts = headers.all('list-unsubscribe-post');
  const oneClick =
    url?.protocol === 'https:' &&
    // Of two, nobody knows which one was signed.
    fields.length === 1 &&
    posts.length === 1 &&
    /^\s*List-Unsubscribe\s*=\s*One-Click\s*$/i.test(posts[0] ?? '') &&
    isCovered(headers, authentication);
  return { oneClick, url: url?.href ?? null, mailto: mailto?.href ?? null };
}

/** Addresses in angle brackets, those of other schemes and the ones that name a user left out. */
function listAddresses(value: string): URL[] {
  return [...value.slice(0, 5 * LONGEST).matchAll(/<\s*([^<>]{1,4000})\s*>/g)].flatMap(([, text = '']) => {
    // Folded within the brackets, as some programs do.
    const url = URL.parse(text.replace(/\s+/g, ''));
    if (url === null || url.username !== '' || url.password !== '') return [];
    return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? [url] : [];
  });
}

/**
 * Whether a signature that holds covers both fields: without it anybody on the way may have put them there. Of several signatures
 * by one domain and selector all must hold and cover them, since verdicts do not say which is which.
 */
function isCovered(headers: HeaderFields, authentication: MailAuthentication | null): boolean {
  const signatures = headers.all('dkim-signature').map(readSignature);
  return (authentication?.dkim ?? []).some(({ domain, selector, result }) => {
    if (result !== 'pass') return false;
    // Some providers' reports do not name the selector.
    const fits = (one: { domain: string; selector: string }): boolean =>
      one.domain === domain.toLowerCase() && (selector === '' || one.selector === selector.toLowerCase());
    const same = signatures.filter(fits);
    const verdicts = (authentication?.dkim ?? []).filter(
      (one) => one.domain === domain && one.selector === selector,
    );
    return (
      same.length > 0 &&
      same.every(({ covers }) => covers.has('list-unsubscribe') && covers.has('list-unsubscribe-post')) &&
      verdicts.every((one) => one.result === 'pass')
    );
  });
}

/** Tags of RFC 6376 3.5 that are of use here. */
function readSignature(value: string): { domain: string; selector: string; covers: Set<string> } {
  const tags = new Map<string, string>();
  for (const part of value.slice(0, 16_384).split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim().toLowerCase();
    if (at > 0 && !tags.has(name))
      tags.set(
        name,
        part
          .slice(at + 1)
          .replace(/\s+/g, '')
          .toLowerCase(),
      );
  }
  return {
    domain: tags.get('d') ?? '',
    selector: tags.get('s') ?? '',
    covers: new Set((tags.get('h') ?? '').split(':')),
  };
}
