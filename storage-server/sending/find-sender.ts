import { isMailAddress } from '../../common/compose/check-address.ts';
import { findIdentity } from '../../common/compose/identity.ts';
import { MailError } from '../../common/errors.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import type { Logger } from '../../server-kit/log.ts';
import { pickSender, refuseSender } from './message/envelope.ts';
import type { Relays } from './relay/relays.ts';

type SenderCore = { relays: Pick<Relays, 'checkRoute'>; log: Logger };

/** As whom a mail is sent: an identity, else an address of an own domain that the user may use. MailErrors as `pickSender`. */
export async function findSender(
  core: SenderCore,
  user: string,
  identities: readonly Identity[],
  wanted: { identity: string | null; from: string | null },
): Promise<Pick<Identity, 'address' | 'name' | 'replyTo'>> {
  try {
    return pickSender(identities, wanted);
  } catch (error) {
    const foreign = error instanceof MailError && error.reason === 'not-your-address';
    const address = wanted.from?.trim() ?? '';
    if (!foreign || !(await maySendAs(core, user, address))) throw error;
    return { address, name: null, replyTo: null };
  }
}

/** MailError `route-refused` (`not-your-address`). */
export async function demandSender(
  core: SenderCore,
  user: string,
  identities: readonly Identity[],
  address: string,
): Promise<void> {
  if (findIdentity(identities, address) !== undefined) return;
  if (!(await maySendAs(core, user, address))) throw refuseSender(address);
}

/** Only on the word of a relay, which knows the list of own domains: without one, what is no identity is not his. */
async function maySendAs(core: SenderCore, user: string, address: string): Promise<boolean> {
  if (!isMailAddress(address)) return false;
  try {
    const { problems } = await core.relays.checkRoute(user, address, []);
    return !problems.some(({ code, reason }) => code === 'route-refused' && reason === 'not-your-address');
  } catch (error) {
    core.log.info('send.sender-unknown', { error });
    return false;
  }
}
