import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Millis } from '../../common/time.ts';

const IDLE: Millis = 300;

/**
 * Of a thread that works in bursts: what a burst left behind is collected when nothing has come for a moment. Left alone, V8 keeps it until the
 * thread has more to do, while others need the memory. The function returned is called with how much was done, in any unit; less than `worth`
 * since the last time is not worth it, and `most` is collected in the middle of the burst. Where `mayCollect` says no, the next call counts on.
 */
export function collectWhenIdle(
  worth: number,
  { most = Infinity, mayCollect = () => true }: { most?: number; mayCollect?: () => boolean } = {},
): (done: number) => void {
  let collect: (() => void) | null = null;
  let sum = 0;
  let timer: NodeJS.Timeout | null = null;
  const begin = (): void => {
    timer = null;
    if (!mayCollect()) return;
    sum = 0;
    collect ??= findCollector();
    collect();
  };
  return (done) => {
    sum += done;
    if (sum < worth) return;
    if (sum >= most) {
      if (timer !== null) clearTimeout(timer);
      begin();
    } else if (timer !== null) timer.refresh();
    else timer = setTimeout(begin, IDLE).unref();
  };
}

function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
