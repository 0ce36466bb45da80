import type { MailAuthentication } from '../../../../common/shapes/mail.ts';

/** What a reader should know of a mail's origin: From's domain disowns it, or only another domain vouches for it. */
export type OriginDoubt = { kind: 'fails'; domain: string } | { kind: 'other'; domain: string; by: string };

/** Null when nothing speaks against the sender: that is no proof, but it is how most mail is. */
export function judgeOrigin(found: MailAuthentication | null | undefined): OriginDoubt | null {
  const domain = found?.from.domain ?? null;
  if (found === null || found === undefined || domain === null) return null;
  const { dmarc } = found.from;
  // A list on the way breaks signatures; a chain that holds says that it was right before (RFC 8617).
  if (dmarc === 'fail') return found.arc?.result === 'pass' ? null : { kind: 'fails', domain };
  if (dmarc === 'pass') return null;
  const vouching = [...found.dkim, ...(found.spf === null ? [] : [found.spf])]
    .filter(({ result }) => result === 'pass')
    .map((one) => one.domain.toLowerCase());
  const [by] = vouching;
  return by === undefined || vouching.some((one) => isRelated(one, domain.toLowerCase()))
    ? null
    : { kind: 'other', domain, by };
}

/** One is the other or a part of it, as DMARC's relaxed alignment has it. */
function isRelated(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
