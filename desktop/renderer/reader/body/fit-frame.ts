/** How high a frame is, in CSS pixels, and what made it so. */
export interface FrameHeight {
  height: number;
  /** By how much it grew last, when, and how often in a row it grew by no less right after that. */
  grew: number;
  at: number;
  times: number;
  /** It is left as it is, and its page scrolls inside. */
  held: boolean;
  /** How often it was held. */
  holds: number;
}

/** No mail is read that far down; browsers draw nothing beyond some millions. */
const MOST = 60_000;
/** Times in a row, each within so many milliseconds. */
const ENOUGH = 4;
const AT_ONCE = 150;
const HOLDS = 3;

export const UNMEASURED: FrameHeight = { height: 0, grew: 0, at: 0, times: 0, held: false, holds: 0 };

/**
 * What becomes of the frame when its page wants to be `wanted` high. A page that measures itself by its window (`100vh` and a
 * margin, say) wants more each time it gets it: such a one is held. If it goes on growing without that, it was pictures coming in.
 */
export function judgeHeight(before: FrameHeight, wanted: number, now: number): FrameHeight {
  const { height, holds } = before;
  if (before.held && (holds >= HOLDS || height >= MOST || wanted === height)) return before;
  const grew = wanted - height;
  const chases = !before.held && before.grew > 0 && grew >= before.grew - 1 && now - before.at < AT_ONCE;
  const times = chases ? before.times + 1 : 0;
  if (times >= ENOUGH) return { ...before, times: 0, held: true, holds: holds + 1 };
  return { height: Math.min(wanted, MOST), grew, at: now, times, held: wanted > MOST, holds };
}

/** Keeps the frame as high as its page; returns how to stop. */
export function fitFrame(frame: HTMLIFrameElement, page: Document): () => void {
  const root = page.documentElement;
  let state = UNMEASURED;
  let width = frame.clientWidth;
  const measure = (): void => {
    // In another width all of it is laid out anew.
    if (frame.clientWidth !== width) state = UNMEASURED;
    width = frame.clientWidth;
    state = judgeHeight(state, Math.ceil(root.getBoundingClientRect().height), performance.now());
    frame.style.height = `${state.height}px`;
    root.style.overflowY = state.held ? 'auto' : '';
  };
  const watch = new ResizeObserver(measure);
  watch.observe(root);
  measure();
  return () => watch.disconnect();
}
