/** Lines of base64 (RFC 2045 section 6.8) as programs write them: all of one length but for the last, CRLF between them. */
interface Run {
  /** Bytes before it that stay as they are, since the end of the one before. */
  before: number;
  /** Letters of a full line. */
  line: number;
  /** The text of the run, and what it stands for. */
  size: number;
  content: Buffer;
}

const CR = 13;
const LF = 10;
const PADDING = 61;
/** Full lines hold a multiple of four letters, at most 996: SMTP allows 998 (RFC 5321 section 4.5.3.1.6). Shorter ones are seldom base64. */
const LINE = { shortest: 32, longest: 996 };
/** What is shorter is not worth its note. */
const SHORTEST_RUN = 512;
const NOTE_SIZE = 12;
const EMPTY_LINE = Buffer.from('\r\n\r\n');
const LETTERS = new Uint8Array(256);
for (const letter of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'))
  LETTERS[letter] = 1;

/**
 * Bytes with what stands in base64 decoded: three quarters of it, and compressible where the content is. Attachments are most of all
 * mail, and no compressor sees through their lines. Begins with how many runs there are, a note of each, then all other bytes, then
 * all contents. Null where there is nothing to decode. Each run is written again and compared before it is believed, so
 * FoldedBytes gives exactly these bytes. Runs are looked for at `starts` (where blobs begin) and behind empty lines.
 */
export function foldBase64(bytes: Buffer, starts: readonly number[]): Buffer | null {
  const runs: Run[] = [];
  let done = 0;
  for (const start of listStarts(bytes, starts)) {
    const run = start < done ? null : readRun(bytes, start);
    if (run === null) continue;
    runs.push({ ...run, before: start - done });
    done = start + run.size;
  }
  if (runs.length === 0) return null;
  const notes = Buffer.allocUnsafe(4 + NOTE_SIZE * runs.length);
  notes.writeUInt32LE(runs.length, 0);
  const others: Buffer[] = [];
  let at = 0;
  for (const [index, { before, line, size, content }] of runs.entries()) {
    const note = 4 + NOTE_SIZE * index;
    notes.writeUInt32LE(before, note);
    notes.writeUInt32LE(line, note + 4);
    notes.writeUInt32LE(content.length, note + 8);
    others.push(bytes.subarray(at, at + before));
    at += before + size;
  }
  return Buffer.concat([notes, ...others, bytes.subarray(at), ...runs.map(({ content }) => content)]);
}

/** What foldBase64 made, of which any stretch of the bytes as they were can be had. */
export class FoldedBytes {
  readonly #folded: Buffer;
  readonly #notes: { before: number; line: number; size: number }[];
  /** Where the other bytes begin, and the contents. */
  readonly #others: number;
  readonly #contents: number;
  /** Of the bytes as they were. */
  readonly size: number;

  /** Throws where the notes cannot be true, and beyond `most` bytes. */
  constructor(folded: Buffer, most: number) {
    const count = folded.readUInt32LE(0);
    this.#others = 4 + NOTE_SIZE * count;
    if (this.#others > folded.length) throw new Error('the notes of base64 are cut off');
    this.#folded = folded;
    this.#notes = Array.from({ length: count }, (_, index) => readNote(folded, 4 + NOTE_SIZE * index));
    this.#contents = folded.length - this.#notes.reduce((sum, { size }) => sum + size, 0);
    const before = this.#notes.reduce((sum, note) => sum + note.before, 0);
    if (this.#others + before > this.#contents) throw new Error('the notes of base64 are wrong');
    const text = this.#notes.reduce((sum, { size, line }) => sum + measureLines(size, line), 0);
    this.size = this.#contents - this.#others + text;
    if (this.size > most) throw new Error('base64 stands for too much');
  }

  /** A copy of the bytes from `start` up to `end`. */
  read(start: number, end: number): Buffer {
    const bytes = Buffer.allocUnsafe(end - start);
    let other = this.#others;
    let content = this.#contents;
    let at = 0;
    /** The next `length` bytes are these. */
    const give = (length: number, write: () => Buffer): void => {
      if (at + length > start && at < end) {
        const from = Math.max(0, start - at);
        write().copy(bytes, at + from - start, from, Math.min(length, end - at));
      }
      at += length;
    };
    for (const { before, line, size } of this.#notes) {
      const [otherFrom, contentFrom] = [other, content];
      give(before, () => this.#folded.subarray(otherFrom, otherFrom + before));
      give(measureLines(size, line), () =>
        writeLines(this.#folded.subarray(contentFrom, contentFrom + size), line),
      );
      other += before;
      content += size;
    }
    give(this.#contents - other, () => this.#folded.subarray(other, this.#contents));
    return bytes;
  }
}

function readNote(folded: Buffer, at: number): { before: number; line: number; size: number } {
  const line = folded.readUInt32LE(at + 4);
  if (line < LINE.shortest || line > LINE.longest) throw new Error('no such line of base64');
  return { before: folded.readUInt32LE(at), line, size: folded.readUInt32LE(at + 8) };
}

/** In their order; a place may come twice. */
function* listStarts(bytes: Buffer, starts: readonly number[]): Generator<number> {
  let next = 0;
  for (let hit = bytes.indexOf(EMPTY_LINE); hit !== -1; hit = bytes.indexOf(EMPTY_LINE, hit + 2)) {
    for (; next < starts.length && starts[next]! <= hit + 4; next++) yield starts[next]!;
    yield hit + 4;
  }
  yield* starts.slice(next);
}

function readRun(bytes: Buffer, start: number): Run | null {
  const line = bytes.indexOf(CR, start) - start;
  const may = line >= LINE.shortest && line <= LINE.longest && line % 4 === 0;
  if (!may || !isBase64(bytes, start, start + line)) return null;
  let end = start + line;
  const beginsLine = (at: number): boolean =>
    bytes[at] === CR && bytes[at + 1] === LF && isLetter(bytes, at + 2);
  while (beginsLine(end) && bytes[end + 2 + line] === CR && bytes[end + 3 + line] === LF) end += 2 + line;
  // The last one is shorter, and may end with the blob.
  if (beginsLine(end)) {
    const rest = bytes.subarray(end + 2, end + 2 + line);
    const length = rest.includes('\r\n') ? rest.indexOf('\r\n') : rest.length;
    if (length % 4 === 0 && isBase64(bytes, end + 2, end + 2 + length)) end += 2 + length;
  }
  const size = end - start;
  if (size < SHORTEST_RUN) return null;
  const content = Buffer.from(bytes.toString('latin1', start, end), 'base64');
  if (measureLines(content.length, line) !== size) return null;
  const again = writeLines(content, line);
  return again.equals(bytes.subarray(start, end)) ? { before: 0, line, size, content } : null;
}

function isLetter(bytes: Buffer, at: number): boolean {
  return LETTERS[bytes[at] ?? 0] === 1;
}

/** Padded or not. */
function isBase64(bytes: Buffer, start: number, end: number): boolean {
  let last = end;
  while (last > end - 2 && bytes[last - 1] === PADDING) last -= 1;
  for (let at = start; at < last; at++) if (!isLetter(bytes, at)) return false;
  return true;
}

function measureLines(content: number, line: number): number {
  const letters = 4 * Math.ceil(content / 3);
  return letters + 2 * Math.max(0, Math.ceil(letters / line) - 1);
}

function writeLines(content: Buffer, line: number): Buffer {
  const letters = Buffer.from(content.toString('base64'), 'latin1');
  const text = Buffer.allocUnsafe(measureLines(content.length, line));
  let to = 0;
  for (let from = 0; from < letters.length; from += line) {
    if (from > 0) {
      text[to++] = CR;
      text[to++] = LF;
    }
    to += letters.copy(text, to, from, Math.min(letters.length, from + line));
  }
  return text;
}
