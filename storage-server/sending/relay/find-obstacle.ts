import { foldAsciiAddress } from '../../../server-kit/mail-domain.ts';
import type { StorageCore } from '../../context.ts';
import type { Relays } from './relays.ts';
import type { SendRow } from '../send-store.ts';

/** Key of common/error-texts: the identity that a scheduled mail is sent as was removed meanwhile. */
const SENDER_GONE = 'route-refused/sender-gone';

/**
 * Why a mail whose time has come is not sent: `discarded` (its user threw it away), or a reason of common/error-texts.
 * Null also where that cannot be told now: the relay asks the profile-server again.
 */
export async function findObstacle(
  core: Pick<StorageCore, 'mails' | 'home' | 'log'> & { relays: Pick<Relays, 'checkRoute'> },
  { user, mail, mailFrom }: Pick<SendRow, 'user' | 'mail' | 'mailFrom'>,
): Promise<string | null> {
  const [row] = await core.mails.readRows(user, [mail]);
  if (row === undefined || row.role === 'trash') return 'discarded';
  try {
    const { identities } = await core.home.readProfile(user);
    if (ownsAddress(identities, mailFrom)) return null;
    // Addresses of own domains have no identity: the relay knows whose they are.
    const { problems } = await core.relays.checkRoute(user, mailFrom, []);
    return problems.some(({ reason }) => reason === 'not-your-address') ? SENDER_GONE : null;
  } catch (error) {
    core.log.info('send.sender-unknown', { mail, error });
    return null;
  }
}

function ownsAddress(identities: readonly { address: string }[], address: string): boolean {
  const key = foldAsciiAddress(address);
  return identities.some((one) => foldAsciiAddress(one.address) === key);
}
