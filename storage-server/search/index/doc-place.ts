/** Places stand in the order of dates: this many for each second. Close to each other they take fewer bytes for each word. */
export const PLACES_EACH = 16;
/** The place of 2060: rowids from 1991 on take five bytes, wherever a word is met first. Those of later dates are below zero, which costs more bytes and no more. */
const TOP = (Date.UTC(2060, 0, 1) / 1000) * PLACES_EACH;

/**
 * The rowid of a place, and the place of a rowid. The newest mail has the lowest: FTS5 walks forwards in less time than
 * backwards, and the newest results are wanted first.
 */
export function turnPlace(n: number): number {
  return TOP - n;
}

/** The first place of the second of `date`, in milliseconds. */
export function beginSecond(date: number): number {
  return Math.max(0, Math.floor(date / 1000)) * PLACES_EACH;
}
