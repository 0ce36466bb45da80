import { isIP } from 'node:net';
import { createHash } from 'node:crypto';
import { MailError } from '../../../common/errors.ts';
import { foldHost } from '../../../common/host.ts';
import { identifyMaildrop } from '../../../common/maildrop.ts';
import type { AccountSettings, Pop3Settings } from '../../../common/shapes/account.ts';
import { checkEgress } from '../../../server-kit/egress/decide.ts';
import type { Network } from '../../../server-kit/egress/networks.ts';
import type { StoredAccount } from '../account-state.ts';

/** Names a maildrop: two accounts with the same one must never be polled at once. */
export function nameMaildrop(pop3: Pop3Settings): string {
  return createHash('sha256').update(identifyMaildrop(pop3)).digest('base64url');
}

/** Settings in the form in which they are kept: a smarthost only where it is used. MailError `invalid` names the field. */
export function checkSettings(settings: AccountSettings, allowed: readonly Network[]): AccountSettings {
  checkLiteralHost(settings.pop3.host, settings.pop3.port, allowed);
  if (settings.send.way === 'relay') return { ...settings, send: { way: 'relay', smtp: null } };
  const { smtp } = settings.send;
  if (smtp === null) {
    throw new MailError('invalid', 'a smarthost needs its settings', {
      field: 'settings.send.smtp',
      reason: 'smarthost-needed',
    });
  }
  checkLiteralHost(smtp.host, smtp.port, allowed);
  return settings;
}

/** Names are checked by the guard at each connection; what is written as an address can be refused at once. */
function checkLiteralHost(host: string, port: number, allowed: readonly Network[]): void {
  const bare = host.replace(/^\[|\]$/g, '');
  const addresses = isIP(bare) !== 0 ? [bare] : foldHost(bare) === 'localhost' ? ['127.0.0.1'] : [];
  if (addresses.length > 0) checkEgress({ host, port, use: 'mail', addresses, allowed });
}

/** One maildrop belongs to one account of a user, or every mail of it would be there twice. */
export function checkNotThere(pop3: Pop3Settings, others: readonly StoredAccount[]): void {
  const maildrop = nameMaildrop(pop3);
  const same = others.find((other) => nameMaildrop(other.settings.pop3) === maildrop);
  if (same === undefined) return;
  throw new MailError('conflict', 'an account of yours has this maildrop already', {
    reason: 'account-exists',
    params: { email: same.settings.email },
  });
}
