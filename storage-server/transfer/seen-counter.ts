/**
 * How often each content came in one import, in 12 bytes for each: by 64 bits of its keyed hashes, which nobody outside
 * can make collide. Two that were taken for one by chance would only be stored twice when the import is repeated.
 */
export class SeenCounter {
  #keys = new BigUint64Array(1024);
  #counts = new Uint32Array(1024);
  #used = 0;

  /** Counts once more: 1 for the first. */
  add(bytes: { header: string; body: string }): number {
    if (2 * this.#used > this.#keys.length) this.#grow();
    const at = this.#find(makeKey(bytes));
    const count = this.#counts[at]! + 1;
    if (count === 1) this.#used += 1;
    this.#keys[at] = makeKey(bytes);
    this.#counts[at] = count;
    return count;
  }

  #find(key: bigint): number {
    const mask = this.#keys.length - 1;
    let at = Number(key & BigInt(mask));
    while (this.#counts[at] !== 0 && this.#keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts];
    this.#keys = new BigUint64Array(2 * keys.length);
    this.#counts = new Uint32Array(2 * keys.length);
    for (const [index, count] of counts.entries()) {
      if (count === 0) continue;
      const at = this.#find(keys[index]!);
      this.#keys[at] = keys[index]!;
      this.#counts[at] = count;
    }
  }
}

/** Halves of both ids: either alone is shared by many mails. */
function makeKey({ header, body }: { header: string; body: string }): bigint {
  const read = (id: string): bigint => Buffer.from(id, 'base64url').readBigUInt64LE(0);
  return BigInt.asUintN(64, read(header) * 3n + read(body));
}
