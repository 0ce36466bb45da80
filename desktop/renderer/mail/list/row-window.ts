import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';

/** Rows kept in the page above and below what is in sight. */
const OVERSCAN = 8;

/** The rows from `start` up to and without `end` are in the page. */
export interface RowWindow {
  start: number;
  end: number;
}

/** Which rows of equal height are in sight. */
export function cutWindow(view: { top: number; height: number }, row: number, count: number): RowWindow {
  const start = Math.max(0, Math.floor(view.top / row) - OVERSCAN);
  const end = Math.min(count, Math.ceil((view.top + view.height) / row) + OVERSCAN);
  return { start: Math.min(start, end), end };
}

/** Where to scroll so that a row is in sight; the present place when it is already. */
export function findScroll(view: { top: number; height: number }, row: number, index: number): number {
  const top = index * row;
  if (top < view.top) return top;
  return top + row > view.top + view.height ? top + row - view.height : view.top;
}

/**
 * Keeps only the rows in sight in the page. All rows of a list have one height, so this needs no measuring of rows:
 * TanStack Virtual, which can measure, would be 9 KB of the first 130.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rows: { count: number; height: number; from: number },
): RowWindow & { reveal(index: number): void } {
  const { count, height } = rows;
  const [shown, setShown] = useState<RowWindow>(() =>
    cutWindow(
      { top: rows.from, height: typeof innerHeight === 'undefined' ? 0 : innerHeight },
      height,
      count,
    ),
  );
  useLayoutEffect(() => {
    if (scroller.current !== null && rows.from > 0) scroller.current.scrollTop = rows.from;
    // Only the place at which the list opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void => {
      const next = cutWindow({ top: element.scrollTop, height: element.clientHeight }, height, count);
      setShown((old) => (old.start === next.start && old.end === next.end ? old : next));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      watch.disconnect();
    };
  }, [scroller, height, count]);
  const reveal = (index: number): void => {
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = findScroll({ top: element.scrollTop, height: element.clientHeight }, height, index);
  };
  return { start: Math.min(shown.start, count), end: Math.min(shown.end, count), reveal };
}
