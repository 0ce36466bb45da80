/** 53 bits of a text: among 49,000 a foreign one is taken for a listed one in 1 of 10¹¹ cases. No secret is kept by it. */
export function fingerprint(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let n = 0; n < text.length; n++) {
    const unit = text.charCodeAt(n);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

export function sortFingerprints(texts: readonly string[]): Float64Array<ArrayBuffer> {
  return Float64Array.from(texts, fingerprint).sort();
}

/** By halving: `prints` are in order. */
export function hasFingerprint(prints: Float64Array, wanted: number): boolean {
  let [from, to] = [0, prints.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((prints[middle] ?? 0) < wanted) from = middle + 1;
    else to = middle;
  }
  return prints[from] === wanted;
}
