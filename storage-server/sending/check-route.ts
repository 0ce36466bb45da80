import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import type { Relays } from './relays.ts';

/** A relay (or the resolver behind it) that thinks longer does not hold the user up. */
const PATIENCE = 2 * SECOND;

/** What the relay may say of the sender. What it says of a recipient is for that recipient's status: the others get theirs. */
const ABOUT_SENDER = /^(?:not-your-address|smarthost-missing|dmarc)/;

/**
 * Asks the relay before anything is stored: a From that the chosen way may not carry is refused here,
 * MailError `route-refused` with the relay's reason. A relay that is out of reach refuses nothing: the mail waits for it.
 */
export async function checkRoute(
  core: { relays: Pick<Relays, 'explainRoute'>; log: Logger },
  user: string,
  from: string,
  recipients: readonly string[],
): Promise<void> {
  const { allowed, reason } = await ask(core, user, from, recipients[0] ?? from);
  if (allowed || reason === null || !ABOUT_SENDER.test(reason)) return;
  throw new MailError('route-refused', `the relay does not carry this sender: ${reason}`, {
    reason,
    field: 'from',
    params: { from },
  });
}

async function ask(
  core: { relays: Pick<Relays, 'explainRoute'>; log: Logger },
  user: string,
  from: string,
  to: string,
): Promise<{ allowed: boolean; reason: string | null }> {
  const unknown = { allowed: true, reason: null };
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<typeof unknown>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, unknown);
  });
  try {
    return await Promise.race([core.relays.explainRoute(user, from, to), patience]);
  } catch (error) {
    core.log.info('send.route-unknown', { error });
    return unknown;
  } finally {
    clearTimeout(timer);
  }
}
