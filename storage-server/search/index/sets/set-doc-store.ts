import type Sqlite from 'better-sqlite3';

type Prepare = (sql: string) => Sqlite.Statement;

/** Mails of one row of `set_doc`. */
const PAGE = 4096;

interface Page {
  mails: Float64Array;
  ids: Float64Array;
}

/** The mails that sets are of: what stands at each of their numbers. Read as they are asked for, and kept. */
export class SetDocs {
  readonly generation: number;
  readonly count: number;
  readonly #prepare: Prepare;
  readonly #pages = new Map<number, Page>();

  constructor(prepare: Prepare, { generation, docs }: { generation: number; docs: number }) {
    this.generation = generation;
    this.count = docs;
    this.#prepare = prepare;
  }

  /** Rowids rise with the numbers; beyond the last none is as high. */
  idAt(number: number): number {
    return number >= this.count ? Infinity : (this.#read(number).ids[number % PAGE] ?? Infinity);
  }

  mailAt(number: number): number {
    return this.#read(number).mails[number % PAGE] ?? 0;
  }

  #read(number: number): Page {
    const at = Math.floor(number / PAGE);
    const known = this.#pages.get(at);
    if (known !== undefined) return known;
    const row = this.#prepare('SELECT mails, ids FROM set_doc WHERE page = ?').get(at) as
      { mails: Buffer; ids: Buffer } | undefined;
    if (row === undefined) throw new Error('sets without their mails');
    const page = { mails: toNumbers(row.mails), ids: toNumbers(row.ids) };
    this.#pages.set(at, page);
    return page;
  }
}

/** Notes all mails that there are now; answers how many. */
export function saveSetDocs(prepare: Prepare): number {
  prepare('DELETE FROM set_doc').run();
  const list = prepare('SELECT id, mail FROM doc WHERE id > ? ORDER BY id LIMIT ?');
  const save = prepare('INSERT INTO set_doc (page, mails, ids) VALUES (?, ?, ?)');
  let count = 0;
  for (let last = -Infinity; ; count += PAGE) {
    const rows = list.all(last, PAGE) as { id: number; mail: number }[];
    if (rows.length > 0) {
      const mails = Float64Array.from(rows, ({ mail }) => mail);
      const ids = Float64Array.from(rows, ({ id }) => id);
      save.run(count / PAGE, toBytes(mails), toBytes(ids));
    }
    if (rows.length < PAGE) return count + rows.length;
    last = rows.at(-1)?.id ?? Infinity;
  }
}

function toBytes(numbers: Float64Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function toNumbers(bytes: Buffer): Float64Array {
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
