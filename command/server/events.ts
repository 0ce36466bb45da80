import { createInterface } from 'node:readline';
import type { StoreEvent } from '../../common/shapes/event.ts';
import { callWithToken } from './clients.ts';
import type { Connection } from './connection.ts';
import { readRefusal, readText } from './http.ts';

/**
 * What `event.watch` of the storage-server tells (server-sent events), until `stop`. Resolves with the first event: from
 * then on none is missed. MailErrors of the call; a stream that breaks off later only falls silent.
 */
export async function watchEvents(
  home: Connection['home'],
  tell: (event: StoreEvent) => void,
): Promise<{ stop: () => void }> {
  const address = `${home.url}/trpc/event.watch`;
  const headers = { accept: 'text/event-stream' };
  const answer = await callWithToken(address, { method: 'GET', headers }, home.token);
  if (answer.status !== 200) throw readRefusal(answer.status, await readText(answer, address));
  const stop = (): void => void answer.body.destroy();
  await new Promise<void>((resolve, reject) => {
    answer.body.on('error', reject);
    const lines = createInterface({ input: answer.body });
    lines.once('close', () => reject(new Error('the stream ended')));
    let isOurs = true;
    lines.on('line', (line) => {
      if (line.startsWith('event:')) isOurs = false;
      else if (line === '') isOurs = true;
      else if (isOurs && line.startsWith('data:')) {
        const event = readEvent(line.slice('data:'.length));
        if (event === null) return;
        tell(event);
        resolve();
      }
    });
  });
  return { stop };
}

/** Null for what is no event; an exception in a stream's listener would end the command. */
function readEvent(text: string): StoreEvent | null {
  try {
    return JSON.parse(text) as StoreEvent;
  } catch {
    return null;
  }
}
