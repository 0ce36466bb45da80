import { MailError } from '../../common/errors.ts';
import { findProviderOfAddress } from '../../common/providers/find-provider.ts';
import { readLiteral, toAsciiDomain } from '../../server-kit/mail-domain.ts';

/** An own domain as it is kept (A-labels). MailError `invalid` for what is none, or is a mail provider's. */
export function checkDomain(text: string): string {
  const domain = toAsciiDomain(text.trim().replace(/^@/, ''));
  const params = { domain: text.trim().slice(0, 253) };
  if (
    domain === null ||
    readLiteral(domain) !== null ||
    !/^[^.]+\.(?:[^.]+\.)*[^.]*[a-z][^.]*$/.test(domain)
  ) {
    throw new MailError('invalid', 'no domain', { reason: 'domain', field: 'domain', params });
  }
  // Its addresses belong to strangers, whoever types it in.
  if (findProviderOfAddress(`x@${domain}`) !== null) {
    throw new MailError('invalid', `${domain} is a provider's`, {
      reason: 'domain-public',
      field: 'domain',
      params,
    });
  }
  return domain;
}
