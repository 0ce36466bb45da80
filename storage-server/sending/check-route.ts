import { MailError } from '../../common/errors.ts';
import type { RouteCheck } from '../../common/shapes/route.ts';
import { SECOND } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import type { Relays } from './relay/relays.ts';

/** A relay (or the resolver behind it) that thinks longer does not hold the user up. */
const PATIENCE = 3 * SECOND;

type CheckCore = { relays: Pick<Relays, 'checkRoute'>; log: Logger };

/**
 * Asks the relay before anything is stored: a From that the chosen way may not carry is refused here, MailError
 * `route-refused` with the relay's reason. What is wrong with a recipient is for that recipient's status: the others get
 * theirs. A relay that is out of reach refuses nothing: the mail waits for it.
 */
export async function checkRoute(
  core: CheckCore,
  user: string,
  from: string,
  recipients: readonly string[],
): Promise<void> {
  const { problems } = await askRoute(core, user, from, recipients);
  const refusal = problems.find(({ code, severity }) => code === 'route-refused' && severity === 'refuse');
  if (refusal === undefined) return;
  const { reason, remedy, params } = refusal;
  throw new MailError('route-refused', `the relay does not carry this sender: ${reason}`, {
    reason: remedy ?? reason,
    field: 'from',
    params: { from, ...params },
  });
}

/** What the relay knows to be wrong; nothing when it does not answer in time. Never throws. */
export async function askRoute(
  core: CheckCore,
  user: string,
  from: string,
  to: readonly string[],
): Promise<RouteCheck> {
  const unknown: RouteCheck = { problems: [] };
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<RouteCheck>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, unknown);
  });
  try {
    return await Promise.race([core.relays.checkRoute(user, from, to), patience]);
  } catch (error) {
    core.log.info('send.route-unknown', { error });
    return unknown;
  } finally {
    clearTimeout(timer);
  }
}
