/** One record of the file; `line` is where it begins, counted from 1 (a quoted field may hold line ends). */
export interface CsvRecord {
  line: number;
  fields: string[];
}

/** A record that cannot be read: what follows it is read again from the next line. */
export interface CsvProblem {
  line: number;
  reason: 'csv-quote';
}

export interface Csv {
  records: CsvRecord[];
  problems: CsvProblem[];
}

/**
 * Comma-separated values (RFC 4180), or with semicolons as spreadsheets write them where the comma is decimal: whichever
 * of the two stands more often in the first line. A byte order mark is skipped, line ends may be CRLF, LF or CR, and lines
 * of nothing are none.
 */
export function parseCsv(text: string): Csv {
  const input = text.startsWith('\ufeff') ? text.slice(1) : text;
  const reader = new Reader(input, chooseDelimiter(input));
  const records: CsvRecord[] = [];
  const problems: CsvProblem[] = [];
  while (!reader.isAtEnd()) {
    const line = reader.line;
    const fields = reader.readRecord();
    if (fields === null) problems.push({ line, reason: 'csv-quote' });
    else if (fields.length > 1 || fields[0]?.trim() !== '') records.push({ line, fields });
  }
  return { records, problems };
}

function chooseDelimiter(text: string): ',' | ';' {
  const first = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  return first.split(';').length > first.split(',').length ? ';' : ',';
}

class Reader {
  line = 1;
  #at = 0;
  readonly #text: string;
  readonly #delimiter: string;

  constructor(text: string, delimiter: string) {
    this.#text = text;
    this.#delimiter = delimiter;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Null for a quote that nothing closes, or that text follows; then the next line is next. */
  readRecord(): string[] | null {
    const begin = { at: this.#at, line: this.line };
    const fields: string[] = [];
    for (;;) {
      const field = this.#text[this.#at] === '"' ? this.#readQuoted() : this.#readPlain();
      if (field === null) {
        this.#at = begin.at;
        this.line = begin.line;
        this.#readPlain('');
        this.#skipLineEnd();
        return null;
      }
      fields.push(field);
      if (this.#text[this.#at] !== this.#delimiter) break;
      this.#at += 1;
    }
    this.#skipLineEnd();
    return fields;
  }

  #readPlain(delimiter = this.#delimiter): string {
    const from = this.#at;
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at];
      if (sign === delimiter || sign === '\r' || sign === '\n') break;
      this.#at += 1;
    }
    return this.#text.slice(from, this.#at);
  }

  #readQuoted(): string | null {
    let field = '';
    for (;;) {
      const close = this.#text.indexOf('"', this.#at + 1);
      if (close === -1) return null;
      field += this.#text.slice(this.#at + 1, close);
      this.#at = close + 1;
      if (this.#text[this.#at] !== '"') break;
      field += '"';
    }
    this.line += countLineEnds(field);
    const next = this.#text[this.#at];
    return next === undefined || next === this.#delimiter || next === '\r' || next === '\n' ? field : null;
  }

  #skipLineEnd(): void {
    if (this.#text[this.#at] === '\r') this.#at += this.#text[this.#at + 1] === '\n' ? 2 : 1;
    else if (this.#text[this.#at] === '\n') this.#at += 1;
    this.line += 1;
  }
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
