import type { Call, Outcome, Run } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

export type QueueAction = 'hold' | 'release' | 'retry' | 'cancel';

/** `queue hold|release|retry|cancel ID…`: ids of mails, or of single recipients as `queue show` names them. */
function makeRun(action: QueueAction): Run {
  return async (call: Call): Promise<Outcome> => {
    const { relay } = await call.connect();
    const { changed, trying } = await ask(relay.queue[action].mutate({ ids: call.typed.words }));
    const words = call.words();
    const lines = [fill(words[`queue/${action}`], { n: changed })];
    if (trying > 0) lines.push(fill(words.queueTrying, { n: trying }));
    return { value: { changed, trying }, text: lines.join('\n') };
  };
}

export const QUEUE_CHANGES: Readonly<Record<QueueAction, { run: Run }>> = {
  hold: { run: makeRun('hold') },
  release: { run: makeRun('release') },
  retry: { run: makeRun('retry') },
  cancel: { run: makeRun('cancel') },
};
