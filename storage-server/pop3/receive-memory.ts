import { collectWhenIdle } from '../thread/collect-when-idle.ts';

/** Larger than any message that stays in memory; several small ones share a block. */
const BLOCK_SIZE = 2 << 20;
/** What waits to be used again: as much as one fast session holds at once. More is left to the collector, of each thread that has seen it. */
const MOST_FREE = 16;

interface Block {
  bytes: Buffer;
  used: number;
  /** Pieces not given back, and the session that fills it. */
  holders: number;
}

/** Kept while nobody receives anything. */
const LEAST_FREE = 1;

const free: Block[] = [];
/**
 * Shared memory weighs nothing for the collector, which would leave it for minutes: when imports have dropped much of it,
 * one collection while nobody receives anything. With others under way, stopping everybody would cost more than it brings.
 */
const noteDropped = collectWhenIdle(MOST_FREE / 2, { mayCollect: () => sessions === 0 });
let sessions = 0;
const held = new WeakMap<Uint8Array, Block>();

/**
 * Where one session puts what it receives: shared memory, which the blob store's threads read in place, so that a message is
 * copied once and the collector sees nothing of it. Blocks are used again when all that they hold was given back.
 */
export class ReceiveMemory {
  #block: Block | null = null;
  #open = false;

  /** `piece` made longer by `bytes`, which takes its place; null begins a new one. */
  append(piece: Buffer | null, bytes: Uint8Array): Buffer {
    if (!this.#open) sessions += 1;
    this.#open = true;
    const block = this.#block;
    if (block !== null && piece !== null && held.get(piece) === block) {
      const start = piece.byteOffset;
      const grows = start + piece.length === block.used && block.used + bytes.length <= block.bytes.length;
      if (grows) {
        held.delete(piece);
        return fill(block, start, bytes);
      }
    }
    const next = this.#findRoom((piece?.length ?? 0) + bytes.length);
    const start = next.used;
    next.holders += 1;
    if (piece === null) return fill(next, start, bytes);
    copyIn(next, piece);
    giveBack(piece);
    return fill(next, start, bytes);
  }

  /** Nothing more is received. Pieces stay until they are given back. */
  close(): void {
    this.#leaveBlock();
    if (this.#open) sessions -= 1;
    this.#open = false;
    shrink();
  }

  #leaveBlock(): void {
    if (this.#block !== null) letGo(this.#block);
    this.#block = null;
  }

  #findRoom(size: number): Block {
    const block = this.#block;
    if (block !== null && block.used + size <= block.bytes.length) return block;
    this.#leaveBlock();
    const next = (size <= BLOCK_SIZE ? free.pop() : undefined) ?? makeBlock(Math.max(size, BLOCK_SIZE));
    next.holders = 1;
    this.#block = next;
    return next;
  }
}

/** Nobody reads this piece any more. What is no piece, or was given back before, is left alone. */
export function giveBack(piece: Uint8Array): void {
  const block = held.get(piece);
  if (block === undefined) return;
  held.delete(piece);
  letGo(block);
}

function fill(block: Block, start: number, bytes: Uint8Array): Buffer {
  copyIn(block, bytes);
  const piece = block.bytes.subarray(start, block.used);
  held.set(piece, block);
  return piece;
}

/** `fill` copies at the memory's own speed; `set` goes word by word where memory is shared, which takes ten times as long. */
function copyIn(block: Block, bytes: Uint8Array): void {
  if (bytes.length > 0) block.bytes.fill(bytes, block.used, block.used + bytes.length);
  block.used += bytes.length;
}

function letGo(block: Block): void {
  block.holders -= 1;
  if (block.holders > 0) return;
  block.used = 0;
  if (block.bytes.length === BLOCK_SIZE) free.push(block);
  shrink();
}

function shrink(): void {
  const kept = Math.min(free.length, sessions === 0 ? LEAST_FREE : MOST_FREE);
  noteDropped(free.length - kept);
  free.length = kept;
}

function makeBlock(size: number): Block {
  return { bytes: Buffer.from(new SharedArrayBuffer(size)), used: 0, holders: 0 };
}
