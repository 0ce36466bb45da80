import { refreshTokens } from './tokens.ts';

interface Stream {
  unsubscribe: () => void;
}

/** Milliseconds until a stream that ended is opened again: at first, and at most. */
const WAIT = { first: 1000, most: 30_000 };

/**
 * Keeps a stream open until the returned function is called. A broken line is the stream's own business; one that the
 * server ended or refused is opened again with a new token, which also finds out that the session is over.
 */
export function keepOpen(
  subscribe: (told: { onStarted: () => void; onError: () => void; onComplete: () => void }) => Stream,
): () => void {
  let stream: Stream | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let wait = WAIT.first;
  const begin = (): void => {
    let over = false;
    const end = (): void => {
      if (over || stopped) return;
      over = true;
      timer = setTimeout(() => void again(), wait);
      wait = Math.min(WAIT.most, wait * 2);
    };
    stream = subscribe({ onStarted: () => (wait = WAIT.first), onError: end, onComplete: end });
  };
  const again = async (): Promise<void> => {
    await refreshTokens().catch(() => undefined);
    if (!stopped) begin();
  };
  begin();
  return () => {
    stopped = true;
    clearTimeout(timer);
    stream?.unsubscribe();
  };
}
