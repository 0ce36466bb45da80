/**
 * Which of a row of things have a word, by their numbers from 0 on, rising: as a bit for each thing, or as the distances from
 * one number to the next in bytes of seven bits (the last of a distance without the high bit), whichever is shorter. The
 * length tells which it is: only bits take a byte for every eight things.
 */
export type PackedSet = Uint8Array;

export function packSet(numbers: readonly number[], things: number): PackedSet {
  const bits = Math.ceil(things / 8);
  const bytes = new Uint8Array(bits);
  let at = 0;
  let before = -1;
  for (const number of numbers) {
    for (let rest = number - before - 1; ; rest >>>= 7) {
      if (at >= bits - 1) return packBits(numbers, bits);
      bytes[at++] = rest > 0x7f ? (rest & 0x7f) | 0x80 : rest;
      if (rest <= 0x7f) break;
    }
    before = number;
  }
  return bytes.subarray(0, at);
}

function packBits(numbers: readonly number[], length: number): PackedSet {
  const bytes = new Uint8Array(length);
  for (const number of numbers) bytes[number >>> 3] = (bytes[number >>> 3] ?? 0) | (1 << (number & 7));
  return bytes;
}

/** The numbers that are in all of these sets, rising, at most `most`. */
export function intersect(sets: readonly PackedSet[], things: number, most: number): number[] {
  const length = Math.ceil(things / 8);
  // The shortest leads: its numbers are looked for in the others.
  const [first, ...others] = sets.toSorted((a, b) => a.length - b.length);
  if (first === undefined) return [];
  const tests = others.map((set) => (set.length === length ? makeBitTest(set) : makeListTest(set)));
  const found: number[] = [];
  const next = first.length === length ? readBits(first, things) : readList(first);
  for (let number = next(); number >= 0 && found.length < most; number = next()) {
    let isIn = true;
    for (const test of tests) {
      if (test(number)) continue;
      isIn = false;
      break;
    }
    if (isIn) found.push(number);
  }
  return found;
}

/** One number after the other, then -1. */
type Next = () => number;

function readList(bytes: PackedSet): Next {
  let at = 0;
  let number = -1;
  return () => {
    if (at >= bytes.length) return -1;
    let byte = bytes[at++] ?? 0;
    let distance = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = bytes[at++] ?? 0;
      distance |= (byte & 0x7f) << shift;
    }
    number += distance + 1;
    return number;
  };
}

function readBits(bytes: PackedSet, things: number): Next {
  let number = -1;
  return () => {
    for (number += 1; number < things; number += 1) {
      const byte = bytes[number >>> 3] ?? 0;
      if (byte === 0) number |= 7;
      else if (((byte >>> (number & 7)) & 1) === 1) return number;
    }
    return -1;
  };
}

/** Asked for rising numbers. */
type Test = (number: number) => boolean;

function makeBitTest(bytes: PackedSet): Test {
  return (number) => (((bytes[number >>> 3] ?? 0) >>> (number & 7)) & 1) === 1;
}

function makeListTest(bytes: PackedSet): Test {
  const next = readList(bytes);
  let known = next();
  return (number) => {
    while (known >= 0 && known < number) known = next();
    return known === number;
  };
}
