import type { StoredMessage } from './take-in.ts';

/** One for a thread; grows to what the largest batch needs. */
let scratch = Buffer.allocUnsafeSlow(64 << 10);

/**
 * Messages as JSON in memory that changes threads without being copied, which costs half of what copying the objects does. Each goes there as
 * soon as it is read: as objects, those of a batch would outlive the collector's short looks, and with them the headers that their strings
 * were cut from.
 */
export function packMessages(messages: Iterable<StoredMessage>): ArrayBuffer {
  let used = scratch.write('[');
  for (const message of messages) {
    const text = `${used === 1 ? '' : ','}${JSON.stringify(message)}`;
    used += append(text, used);
  }
  used += append(']', used);
  return scratch.buffer.slice(0, used);
}

/** The other way round, in the server's thread. */
export function unpackMessages(packed: ArrayBuffer): StoredMessage[] {
  return JSON.parse(Buffer.from(packed).toString()) as StoredMessage[];
}

function append(text: string, at: number): number {
  const most = at + LONGEST * text.length;
  if (most > scratch.length) {
    const larger = Buffer.allocUnsafeSlow(2 * most);
    scratch.copy(larger, 0, 0, at);
    scratch = larger;
  }
  return scratch.write(text, at);
}

/** Bytes of UTF-8 for one unit of a string. */
const LONGEST = 3;
