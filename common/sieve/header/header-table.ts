import { decodeHeader } from './decode-header.ts';
import { trimBlank } from './trim.ts';

/** The header fields of a mail by name, in their order; each decoded once, when it is asked for. */
export class HeaderTable {
  readonly #raw = new Map<string, string[]>();
  readonly #decoded = new Map<string, string[]>();

  constructor(fields: readonly (readonly [string, string])[]) {
    for (const [name, value] of fields) {
      const key = name.toLowerCase();
      const values = this.#raw.get(key);
      if (values === undefined) this.#raw.set(key, [unfold(value)]);
      else values.push(unfold(value));
    }
  }

  has(name: string): boolean {
    return this.#raw.has(name.toLowerCase());
  }

  /** Unfolded and trimmed, bytes as they came. */
  listRaw(name: string): readonly string[] {
    return this.#raw.get(name.toLowerCase()) ?? [];
  }

  /** For people (RFC 2047), trimmed. */
  list(name: string): readonly string[] {
    const key = name.toLowerCase();
    let values = this.#decoded.get(key);
    if (values === undefined) {
      values = this.listRaw(key).map(decodeHeader);
      this.#decoded.set(key, values);
    }
    return values;
  }
}

/** RFC 5322 2.2.3: the line break goes, the space behind it stays; a tab there is a space. */
function unfold(value: string): string {
  return trimBlank(value.includes('\n') ? value.replace(/\r?\n[ \t]/g, ' ') : value);
}
