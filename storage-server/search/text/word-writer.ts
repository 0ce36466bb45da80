import {
  classify,
  DEPENDS,
  ENDS_WORD,
  foldCharacter,
  foldText,
  isUnspaced,
  JOINED,
  SPELLED,
} from './fold.ts';
import type { WordFilter } from './word-filter.ts';

/** Longer runs of letters and digits are no words: keys, encoded data. */
const LONGEST_WORD = 64;
const SPACE = 32;

/** For each ASCII character what is written for it, 0 where it ends a word. */
const ASCII = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  if (/[a-z0-9]/i.test(String.fromCharCode(code)))
    ASCII[code] = String.fromCharCode(code).toLowerCase().charCodeAt(0);
}

/**
 * Makes of texts their words as they are indexed, in their order, each with a space behind it. A run without spaces
 * becomes its pairs of characters and its last character, so that any part of it can be found: `東京都` is
 * `東京 京都 都`. Works on bytes: making a string of each word costs more than all the rest.
 */
export class WordWriter {
  /** Words that the filter took for new. */
  readonly fresh: string[] = [];
  readonly #filter: WordFilter | null;
  #out = Buffer.allocUnsafe(64 * 1024);
  #length = 0;
  /** Where the word begins that is being written, and how many UTF-16 units it has. */
  #start = 0;
  #units = 0;
  #plain = true;
  /** The last character of a run without spaces, 0 outside of one. */
  #previous = 0;

  constructor(filter: WordFilter | null = null) {
    this.#filter = filter;
  }

  /** The words of a text in UTF-8; what is no UTF-8 ends words. */
  write(text: Uint8Array): void {
    if (!this.#scan(text, false)) this.#scan(Buffer.from(foldText(Buffer.from(text).toString())), true);
  }

  /** What was written since the last time. */
  take(): Buffer {
    const words = Buffer.from(this.#out.subarray(0, Math.max(0, this.#length - 1)));
    this.#length = 0;
    this.#start = 0;
    // One huge mail does not hold its memory for ever.
    if (this.#out.length > 1024 * 1024) this.#out = Buffer.allocUnsafe(64 * 1024);
    return words;
  }

  /** False, and nothing is written, where the text must be folded as a whole first. */
  #scan(bytes: Uint8Array, folded: boolean): boolean {
    const begin = this.#length;
    const size = bytes.length;
    // No character becomes more than two of its own length and a space; what is spelled out makes its own room.
    this.#reserve(3 * size + 2);
    let out = this.#out;
    let at = 0;
    while (at < size) {
      const byte = bytes[at] as number;
      if (byte < 0x80) {
        at += 1;
        const letter = ASCII[byte] as number;
        if (letter === 0) {
          if (this.#length > this.#start || this.#previous !== 0) this.#endWord();
          continue;
        }
        if (this.#previous !== 0) this.#endWord();
        let length = this.#length;
        let plain = this.#plain && letter > 57;
        out[length++] = letter;
        while (at < size) {
          const next = bytes[at] as number;
          const more = next < 0x80 ? (ASCII[next] as number) : 0;
          if (more === 0) break;
          if (more <= 57) plain = false;
          out[length++] = more;
          at += 1;
        }
        this.#units += length - this.#length;
        this.#length = length;
        this.#plain = plain;
        continue;
      }
      const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      const code = readCode(bytes, at, width);
      at += code === 0 ? 1 : width;
      if (!this.#put(code, folded)) {
        this.#length = begin;
        this.#start = begin;
        this.#units = 0;
        this.#plain = true;
        this.#previous = 0;
        return false;
      }
      if (out !== this.#out || out.length - this.#length < 3 * (size - at) + 80) {
        this.#reserve(3 * (size - at) + 80);
        out = this.#out;
      }
    }
    this.#endWord();
    return true;
  }

  #put(code: number, folded: boolean): boolean {
    const kind = code === 0 ? ENDS_WORD : classify(code);
    if (kind > 0) this.#putLetter(kind);
    else if (kind === JOINED) this.#putJoined(code);
    else if (kind === ENDS_WORD) this.#endWord();
    else if (kind === SPELLED) {
      for (const character of foldCharacter(code)) {
        const one = character.codePointAt(0) ?? 0;
        if (character === ' ') this.#endWord();
        else if (isUnspaced(character)) this.#putJoined(one);
        else this.#putLetter(one);
      }
    } else if (kind === DEPENDS) {
      if (!folded) return false;
      if (isUnspaced(String.fromCharCode(code))) this.#putJoined(code);
      else this.#putLetter(code);
    }
    return true;
  }

  #putLetter(code: number): void {
    if (this.#previous !== 0) this.#endWord();
    this.#length = writeCode(this.#out, this.#length, code);
    this.#units += code > 0xffff ? 2 : 1;
    if (code < 97 || code > 122) this.#plain = false;
  }

  #putJoined(code: number): void {
    if (this.#previous === 0) this.#endWord();
    else {
      this.#length = writeCode(this.#out, this.#length, code);
      this.#closeWord();
    }
    this.#length = writeCode(this.#out, this.#length, code);
    this.#previous = code;
  }

  #endWord(): void {
    if (this.#length === this.#start) return;
    if (this.#previous !== 0) this.#closeWord();
    else if (this.#units > LONGEST_WORD) this.#length = this.#start;
    else {
      const fresh = this.#plain ? (this.#filter?.meet(this.#out, this.#start, this.#length) ?? null) : null;
      if (fresh !== null) this.fresh.push(fresh);
      this.#closeWord();
    }
    this.#previous = 0;
    this.#units = 0;
    this.#plain = true;
  }

  #closeWord(): void {
    this.#out[this.#length++] = SPACE;
    this.#start = this.#length;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#out.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#out.length));
    this.#out.copy(larger, 0, 0, this.#length);
    this.#out = larger;
  }
}

/** The character of `width` bytes, 0 where they are none. */
function readCode(bytes: Uint8Array, at: number, width: number): number {
  let code = (bytes[at] as number) & (0xff >> (width + 1));
  if ((bytes[at] as number) < 0xc2) return 0;
  for (let index = 1; index < width; index++) {
    const byte = bytes[at + index] ?? 0;
    if ((byte & 0xc0) !== 0x80) return 0;
    code = (code << 6) | (byte & 0x3f);
  }
  return code > 0x10_ffff ? 0 : code;
}

function writeCode(out: Buffer, at: number, code: number): number {
  if (code < 0x80) {
    out[at] = code;
    return at + 1;
  }
  if (code < 0x800) {
    out[at] = 0xc0 | (code >> 6);
    out[at + 1] = 0x80 | (code & 0x3f);
    return at + 2;
  }
  if (code < 0x1_0000) {
    out[at] = 0xe0 | (code >> 12);
    out[at + 1] = 0x80 | ((code >> 6) & 0x3f);
    out[at + 2] = 0x80 | (code & 0x3f);
    return at + 3;
  }
  out[at] = 0xf0 | (code >> 18);
  out[at + 1] = 0x80 | ((code >> 12) & 0x3f);
  out[at + 2] = 0x80 | ((code >> 6) & 0x3f);
  out[at + 3] = 0x80 | (code & 0x3f);
  return at + 4;
}
