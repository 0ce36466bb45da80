import { VIEW_WIDTH } from '../../../common/shapes/attachment-view.ts';

/** Steps of the width of the window; 1 fits. */
const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3] as const;

export function stepZoom(zoom: number, by: 1 | -1): number {
  const at = ZOOMS.findIndex((one) => one >= zoom);
  return ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at + by))] ?? 1;
}

/** Pixels to ask the server for: in coarse steps, so that a window that is pulled wider asks once. */
export function chooseWidth(shown: number, zoom: number, density: number): number {
  const wanted = Math.ceil((shown * zoom * density) / 200) * 200;
  return Math.max(VIEW_WIDTH.least, Math.min(VIEW_WIDTH.most, wanted));
}

/** What a key does in the viewer: `page` by how many, or to the end (Infinity), `zoom` by a step, 0 fits. Null: nothing. */
export function readViewerKey(key: string): { page: number } | { zoom: 1 | -1 | 0 } | null {
  if (key === 'PageDown' || key === 'ArrowRight') return { page: 1 };
  if (key === 'PageUp' || key === 'ArrowLeft') return { page: -1 };
  if (key === 'Home') return { page: Number.NEGATIVE_INFINITY };
  if (key === 'End') return { page: Number.POSITIVE_INFINITY };
  if (key === '+' || key === '=') return { zoom: 1 };
  if (key === '-') return { zoom: -1 };
  return key === '0' ? { zoom: 0 } : null;
}
