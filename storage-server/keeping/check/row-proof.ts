import type { BlobProof } from '../../blob/blob-proof.ts';
import { makeUnreadable, readDigest } from '../../blob/take-in.ts';
import { describeMail } from '../../mime/digest.ts';
import { listDates } from '../../mime/dates.ts';
import { parseHeaders, type HeaderFields } from '../../mime/headers.ts';
import { SPLIT_WITHIN } from '../../mime/split.ts';
import { StructureScanner } from '../../mime/structure.ts';
import {
  HEADER_FIELDS,
  ROW_FIELDS,
  compareFields,
  makeFields,
  type RowField,
  type RowFields,
  type RowTruth,
} from './row-fields.ts';

/** Blob ids of a message. */
export interface MessageBytes {
  header: string;
  body: string;
}

/** A row, the bytes that it shows, and those of the mail's other originals. */
export interface RowToCompare extends RowFields, MessageBytes {
  received: number;
  others: readonly MessageBytes[];
  /** False: its header alone is read while that says what the row does, which costs a fourth. */
  whole: boolean;
}

/** Where a row is wrong, and what it should say: where it is right, what it says. */
export interface WrongRow {
  wrong: RowField[];
  right: RowFields;
}

/** Of a mail that came in memory its whole body was looked at; more than this is not read at once to find out. */
const MOST_AT_ONCE = 64 * 1024 * 1024;

/**
 * Makes what rows say of their mails anew from the blobs, in a thread that reads them back. A row is right when it says
 * what one of the mail's originals does: repair may have given it another one to show. Bytes that cannot be had, or are not
 * those of their id, prove nothing; that they are gone is told elsewhere.
 */
export class RowProof {
  readonly #blobs: BlobProof;

  constructor(blobs: BlobProof) {
    this.#blobs = blobs;
  }

  /** One answer for each; null: nothing is wrong with it as far as can be told. */
  compare(rows: readonly RowToCompare[]): (WrongRow | null)[] {
    const packs = this.#blobs.openPacks();
    return rows.map((row) => this.#compareOne(packs, row));
  }

  /** What a row of that message has to say; null where its bytes cannot be had. */
  describe(bytes: MessageBytes, received: number): RowTruth | null {
    const [truth] = this.#readTruths(this.#blobs.openPacks(), bytes, received);
    return truth ?? null;
  }

  #compareOne(packs: Packs, row: RowToCompare): WrongRow | null {
    if (!row.whole && this.#agreesWithHeader(packs, row)) return null;
    let found: WrongRow | null = null;
    for (const bytes of [row, ...row.others]) {
      for (const truth of this.#readTruths(packs, bytes, row.received)) {
        const wrong = compareFields(row, truth);
        if (wrong.length === 0) return null;
        if (found === null || wrong.length < found.wrong.length)
          found = { wrong, right: correct(row, wrong, makeFields(truth.digest)) };
      }
    }
    if (found === null || isUnreadable(row)) return null;
    const bytes = [row, ...row.others].flatMap(({ header, body }) => [header, body]);
    return this.#blobs.verify(bytes).includes(null) ? null : found;
  }

  #agreesWithHeader(packs: Packs, row: RowToCompare): boolean {
    try {
      const headers = parseHeaders(this.#readHeader(packs, row));
      const truth = makeTruth(headers, new StructureScanner(headers), row.received, Buffer.alloc(0));
      return compareFields(row, truth, HEADER_FIELDS).length === 0;
    } catch {
      return false;
    }
  }

  #readHeader(packs: Packs, { header }: MessageBytes): Buffer {
    return joinPieces([...this.#blobs.read(packs, header)]);
  }

  /** As it was read when it came: a large one by its begin where it came as a file, and all of it where it came in memory. */
  *#readTruths(packs: Packs, bytes: MessageBytes, received: number): Generator<RowTruth> {
    try {
      const header = this.#readHeader(packs, bytes);
      const begin = Math.max(0, SPLIT_WITHIN - header.length);
      const short = this.#readTruth(packs, bytes, { header, received, most: begin });
      yield short.truth;
      if (short.size > begin && short.size <= MOST_AT_ONCE)
        yield this.#readTruth(packs, bytes, { header, received, most: short.size }).truth;
    } catch {
      // Its bytes cannot be had.
    }
  }

  #readTruth(
    packs: Packs,
    { body }: MessageBytes,
    { header, received, most }: { header: Buffer; received: number; most: number },
  ): { truth: RowTruth; size: number } {
    const headers = parseHeaders(header);
    const scanner = new StructureScanner(headers);
    const begin: Buffer[] = [];
    let size = 0;
    for (const piece of this.#blobs.read(packs, body)) {
      scanner.push(piece);
      if (size < most) begin.push(piece.subarray(0, most - size));
      size += piece.length;
    }
    return { truth: makeTruth(headers, scanner, received, joinPieces(begin)), size };
  }
}

function correct(row: RowFields, wrong: readonly RowField[], right: RowFields): RowFields {
  const fields = ROW_FIELDS.map((field) => [field, wrong.includes(field) ? right[field] : row[field]]);
  return Object.fromEntries(fields);
}

function makeTruth(
  headers: HeaderFields,
  scanner: StructureScanner,
  received: number,
  body: Buffer,
): RowTruth {
  const digest = readDigest(received, () => {
    const root = scanner.end();
    return describeMail(headers, root, scanner.problem, received, body);
  });
  return { digest, dates: listDates(headers, received) };
}

function joinPieces(pieces: readonly Buffer[]): Buffer {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

type Packs = ReturnType<BlobProof['openPacks']>;

/** Of a mail that nothing could be read of when it came, and perhaps could be now. */
function isUnreadable(row: RowToCompare): boolean {
  const digest = makeUnreadable(row.received);
  return compareFields(row, { digest, dates: new Set([row.received]) }).length === 0;
}
