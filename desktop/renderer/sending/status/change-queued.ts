import { createTRPCClient } from '@trpc/client';
import type { SendStatus } from '../../../../common/shapes/status.ts';
import type { RelayRouter } from '../../../../smtp-relay/router.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { clientFor, makeLinks } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { readTokens } from '../../session/tokens.ts';
import { tell, tellProblem } from '../../shell/notices.ts';
import { statusTexts } from '../../text/status.ts';
import { say } from '../../text/text.ts';

/** The relay, which keeps the queue. */
function relayServer() {
  const url = (readTokens()?.relay ?? '').replace(/\/$/, '');
  return clientFor('relay', url, () =>
    createTRPCClient<RelayRouter>({ links: makeLinks<RelayRouter>('relay', url) }),
  );
}

export type QueueAction = 'retry' | 'release' | 'cancel';

/** Has a recipient that waits tried at once or let go, or never tried again. News of what comes of it arrive by themselves. */
export async function changeQueued(
  { id, queueId }: Pick<SendStatus, 'id' | 'queueId'>,
  address: string,
  action: QueueAction,
): Promise<void> {
  if (typeof queueId !== 'string') return;
  try {
    const { queue } = relayServer();
    const { recipients } = await queue.show.query({ id: queueId });
    const folded = address.toLowerCase();
    const ids = recipients.filter((one) => one.address.toLowerCase() === folded).map((one) => one.id);
    if (ids.length > 0) await queue[action].mutate({ ids });
    const text = say(statusTexts, action === 'cancel' ? 'given-up' : 'trying-now');
    tell({ kind: 'done', text, action: null, lasts: 4000 });
    await queries.invalidateQueries({ queryKey: ['mail', id] });
  } catch (error) {
    tellProblem(toProblem(error));
  }
}
