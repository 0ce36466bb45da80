import { setInterval, clearInterval } from 'node:timers';
import type { Call } from '../call.ts';

const EVERY_MS = 500;
const MIB = 1 << 20;

/** How many bytes have passed, on one line of stderr that is rewritten, and only at a terminal. `total` null: not known. */
export function showBytes(
  call: Call,
  total: number | null,
): { count(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined>; end(): void } {
  let done = 0;
  const isShown = !call.json && process.stderr.isTTY;
  const draw = (): void => {
    const share = total === null || total === 0 ? '' : ` / ${(total / MIB).toFixed(1)}`;
    process.stderr.write(`\r\u001b[K${(done / MIB).toFixed(1)}${share} MiB`);
  };
  const timer = isShown ? setInterval(draw, EVERY_MS) : null;
  return {
    count: async function* (pieces) {
      for await (const piece of pieces) {
        done += piece.length;
        yield piece;
      }
    },
    end: () => {
      if (timer === null) return;
      clearInterval(timer);
      process.stderr.write('\r\u001b[K');
    },
  };
}
