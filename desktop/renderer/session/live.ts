/**
 * One stream for each server and browser: the tab that holds the lock listens and tells the others.
 * Where there are no locks (a page without TLS beyond loopback) each tab listens for itself.
 */
export interface LiveTopic<Event> {
  /** The same in all tabs of one user at one server. */
  name: string;
  /** Opens the stream; returns how to close it. It reconnects by itself. */
  open(take: (event: Event) => void): () => void;
  /** What a tab that joins later has to know at once. */
  isState(event: Event): boolean;
}

type Told<Event> = { kind: 'event'; event: Event } | { kind: 'joined' };

/** Follows a topic until the returned function is called. */
export function followLive<Event>(topic: LiveTopic<Event>, take: (event: Event) => void): () => void {
  const stop = new AbortController();
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') {
    const close = topic.open(take);
    return close;
  }
  const channel = new BroadcastChannel(topic.name);
  let last: Event | null = null;
  let leads = false;
  channel.onmessage = ({ data }: MessageEvent<Told<Event>>) => {
    if (data.kind === 'event') take(data.event);
    else if (leads && last !== null) channel.postMessage({ kind: 'event', event: last });
  };
  channel.postMessage({ kind: 'joined' });
  const lead = async (): Promise<void> => {
    if (stop.signal.aborted) return;
    leads = true;
    const close = topic.open((event) => {
      if (topic.isState(event)) last = event;
      channel.postMessage({ kind: 'event', event });
      take(event);
    });
    await new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
    close();
  };
  navigator.locks.request(topic.name, { signal: stop.signal }, lead).catch(() => undefined);
  return () => {
    stop.abort();
    channel.close();
  };
}
