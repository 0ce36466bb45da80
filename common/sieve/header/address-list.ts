import { SIEVE_LIMITS } from '../limits.ts';

/** An addr-spec without its name; quotes of the local part are gone. */
export interface SieveAddress {
  localPart: string;
  domain: string;
}

const SPACE = /[ \t\r\n]+/y;
const ATOM = /[^\x00-\x20()<>[\]:;@\\,."\x7f]+/y;
const QUOTED = /"([^"\\]*(?:\\[^][^"\\]*)*)"/y;
const LITERAL = /\[[^[\]\\]*\]/y;

/**
 * The addresses of a header field (RFC 5322 3.4), from groups and behind routes too, comments passed over; null when the
 * field is no list of addresses. At most 1,000 are read.
 */
export function parseAddressList(value: string): SieveAddress[] | null {
  const reader = new AddressReader(value);
  const addresses: SieveAddress[] = [];
  while (!reader.ended && addresses.length < SIEVE_LIMITS.addresses) {
    if (!reader.readAddress(addresses)) return null;
    if (!reader.ended && !reader.take(',')) return null;
  }
  return addresses;
}

/** One address on its own, as `redirect` takes it; null when it is none. */
export function parseAddress(value: string): SieveAddress | null {
  const reader = new AddressReader(value);
  const address = reader.readAddressSpec();
  return reader.ended ? address : null;
}

class AddressReader {
  readonly #value: string;
  #at = 0;

  constructor(value: string) {
    this.#value = value;
    this.#skip();
  }

  get ended(): boolean {
    return this.#at >= this.#value.length;
  }

  /** A mailbox or a group; an empty place between two commas is nothing. */
  readAddress(into: SieveAddress[]): boolean {
    if (this.ended || this.#peek() === ',') return true;
    const start = this.#at;
    const bare = this.readAddressSpec();
    if (bare !== null && (this.ended || ',;'.includes(this.#peek()))) {
      into.push(bare);
      return true;
    }
    this.#at = start;
    this.#skip();
    while (this.#readWord() !== null || this.take('.')) continue;
    if (this.#peek() === '<') return this.#readAngle(into);
    if (this.#at === start || !this.take(':')) return false;
    return this.#readGroup(into);
  }

  readAddressSpec(): SieveAddress | null {
    const localPart = this.#readDotted(() => this.#readWord());
    if (localPart === null || !this.take('@')) return null;
    const domain = this.#match(LITERAL)?.[0] ?? this.#readDotted(() => this.#match(ATOM)?.[0] ?? null);
    return domain === null ? null : { localPart, domain };
  }

  take(mark: string): boolean {
    if (this.#peek() !== mark) return false;
    this.#at++;
    this.#skip();
    return true;
  }

  #readGroup(into: SieveAddress[]): boolean {
    while (!this.take(';')) {
      if (this.ended || !this.readAddress(into)) return false;
      if (this.#peek() !== ';' && !this.take(',')) return false;
    }
    return true;
  }

  #readAngle(into: SieveAddress[]): boolean {
    this.take('<');
    if (this.take('>')) return true;
    if (this.#peek() === '@' && !this.#skipRoute()) return false;
    const address = this.readAddressSpec();
    if (address === null || !this.take('>')) return false;
    into.push(address);
    return true;
  }

  /** RFC 5322 4.4: `@one,@two:` before the address, to be ignored. */
  #skipRoute(): boolean {
    while (this.take('@') || this.take(',')) {
      if (this.#peek() === '@' || this.#peek() === ',') continue;
      if (this.#peek() === ':') break;
      if (this.#readDotted(() => this.#match(ATOM)?.[0] ?? null) === null) return false;
    }
    return this.take(':');
  }

  #readDotted(read: () => string | null): string | null {
    let text = read();
    if (text === null) return null;
    while (this.take('.')) {
      const next = read();
      // Dots at the end or in a row are wrong but in use.
      text += `.${next ?? ''}`;
    }
    return text;
  }

  #readWord(): string | null {
    const quoted = this.#match(QUOTED);
    if (quoted !== null) return (quoted[1] ?? '').replace(/\\([^])/g, '$1');
    return this.#match(ATOM)?.[0] ?? null;
  }

  #peek(): string {
    return this.#value[this.#at] ?? '';
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#value);
    if (found === null) return null;
    this.#at += found[0].length;
    this.#skip();
    return found;
  }

  /** White space and comments, which may hold others (RFC 5322 3.2.2). */
  #skip(): void {
    for (let depth = 0; this.#at < this.#value.length;) {
      const character = this.#peek();
      if (character === '(') depth++;
      else if (depth === 0) {
        SPACE.lastIndex = this.#at;
        if (!SPACE.test(this.#value)) return;
        this.#at = SPACE.lastIndex;
        continue;
      } else if (character === ')') depth--;
      else if (character === '\\') this.#at++;
      this.#at++;
    }
  }
}
