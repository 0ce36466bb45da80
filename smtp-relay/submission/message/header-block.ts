import addressparser from 'nodemailer/lib/addressparser';

/** One header field as it stands, folded lines and final CRLF included. */
export interface HeaderField {
  /** Lower case. */
  name: string;
  raw: Buffer;
}

/** More than any honest mail has; each costs memory. */
const MAX_FIELDS = 5000;

/** The fields of a header whose lines all end with CRLF; null when a line is none (RFC 5322 2.2) or there are too many. */
export function parseHeader(header: Buffer): HeaderField[] | null {
  const fields: HeaderField[] = [];
  let position = 0;
  while (position < header.length) {
    const end = findFieldEnd(header, position);
    const raw = header.subarray(position, end);
    const name = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:/.exec(raw.subarray(0, 200).toString('latin1'))?.[1];
    if (name === undefined || fields.length === MAX_FIELDS) return null;
    fields.push({ name: name.toLowerCase(), raw });
    position = end;
  }
  return fields;
}

/** Behind the CRLF that no folding white space follows. */
function findFieldEnd(header: Buffer, start: number): number {
  let position = start;
  for (;;) {
    const newline = header.indexOf(0x0a, position);
    if (newline === -1) return header.length;
    position = newline + 1;
    const next = header[position];
    if (next !== 0x20 && next !== 0x09) return position;
  }
}

/** The value, unfolded; bytes are read as UTF-8 (RFC 6532). */
export function readValue(field: HeaderField): string {
  const text = field.raw.toString('utf8');
  return text
    .slice(text.indexOf(':') + 1)
    .replace(/\r\n(?=[ \t])/g, '')
    .trim();
}

/** Every address of the fields of that name, those inside groups too, and then whatever else a reader may take for one. */
export function readAddresses(fields: readonly HeaderField[], name: string): string[] {
  const values = fields.filter((field) => field.name === name).map(readValue);
  const parsed = values
    .flatMap((value) => addressparser(value, { flatten: true }))
    .map((found) => found.address ?? '')
    .filter((address) => address !== '');
  return [...new Set([...parsed, ...values.flatMap(listBare)])];
}

const QUOTED_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)/g;

/** `<a@x> <b@y>` is none of the grammar's, and programs do not agree on which of the two it names (RFC 5322 3.4). */
function listBare(value: string): string[] {
  const words = value.replace(QUOTED_OR_COMMENT, '"').split(/[\s"(),:;<>]+/);
  return words.filter((word) => /^[^@]+@[^@]/.test(word));
}
