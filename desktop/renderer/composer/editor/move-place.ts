/** Where a place in a text is after something in that text was exchanged for something else. */
export function movePlace(before: string, after: string, place: number): number {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  if (place <= start) return place;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (place >= before.length - end) return place + after.length - before.length;
  return Math.min(place, after.length - end);
}
