/** The measurement that `share` (0 to 1) of all lie below, the smallest for 0, the largest for 1; NaN without any. */
export function percentile(numbers: readonly number[], share: number): number {
  const place = Math.min(numbers.length - 1, Math.floor(share * numbers.length));
  return numbers.toSorted((a, b) => a - b)[place] ?? Number.NaN;
}

/** The one in the middle, the upper of two. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}
