import { createHash } from 'node:crypto';
import type { CopiedRow } from './read-table.ts';

const MODULUS = 2n ** 128n;

/** How many rows there are and a hash of them, whatever their order: two tables with the same sum hold the same. */
export class RowSum {
  rows = 0;
  #sum = 0n;

  add(row: CopiedRow): void {
    const hash = createHash('sha256');
    for (const value of row) {
      const bytes = value === null ? Buffer.alloc(0) : toBytes(value);
      hash.update(`${describeKind(value)}${bytes.length}:`).update(bytes);
    }
    const { buffer, byteOffset } = hash.digest();
    const view = new DataView(buffer, byteOffset);
    this.#sum = (this.#sum + (view.getBigUint64(0) << 64n) + view.getBigUint64(8)) % MODULUS;
    this.rows += 1;
  }

  equals(other: RowSum): boolean {
    return this.rows === other.rows && this.#sum === other.#sum;
  }
}

function toBytes(value: string | number | bigint | Uint8Array): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(String(value));
}

function describeKind(value: CopiedRow[number]): string {
  if (value === null) return 'n';
  if (value instanceof Uint8Array) return 'b';
  return typeof value === 'string' ? 's' : 'i';
}
