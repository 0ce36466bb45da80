const SIGNS = [
  'keydown',
  'input',
  'pointerdown',
  'pointermove',
  'wheel',
  'scroll',
  'touchmove',
  'compositionupdate',
] as const;

/** Calls `note` for every sign of a person: typing, pointer, scrolling, also inside of frames. Returns how to stop. */
export function watchActivity(page: Document, note: () => void): () => void {
  const stop = new AbortController();
  const how = { capture: true, passive: true, signal: stop.signal } as const;
  const watch = (one: Document): void => {
    for (const sign of SIGNS) one.addEventListener(sign, note, how);
  };
  watch(page);
  const enter = (frame: HTMLIFrameElement): void => {
    const inside = frame.contentDocument;
    if (inside !== null) watch(inside);
  };
  // A frame of a mail loads its page first and is filled then.
  page.addEventListener(
    'load',
    ({ target }) => {
      if (target instanceof HTMLIFrameElement) enter(target);
    },
    how,
  );
  for (const frame of page.querySelectorAll('iframe')) enter(frame);
  return () => stop.abort();
}
