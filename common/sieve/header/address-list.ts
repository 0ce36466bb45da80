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

/** The address as mail carries it: quoted where its local part could not stand without (RFC 5321 4.1.2). */
export function formatAddress({ localPart, domain }: SieveAddress): string {
  const plain = /^[^\x00-\x20()<>[\]:;@\\,"\x7f]+$/.test(localPart);
  return `${plain ? localPart : `"${localPart.replace(/["\\]/g, '\\$&')}"`}@${domain}`;
}

/**
 * The addresses of a header field (RFC 5322 3.4), from groups and behind routes too, comments passed over. What is none
 * is passed over up to the next comma, as Pigeonhole does. At most 1,000 are read.
 */
export function parseAddressList(value: string): SieveAddress[] {
  const reader = new AddressReader(value);
  const addresses: SieveAddress[] = [];
  while (!reader.ended && addresses.length < SIEVE_LIMITS.addresses) {
    reader.readAddress(addresses);
    reader.skipToNext();
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

  /** A mailbox, or the first of a group; nothing where neither stands here. */
  readAddress(into: SieveAddress[]): void {
    for (;;) {
      const start = this.#at;
      const bare = this.readAddressSpec();
      if (bare !== null) {
        into.push(bare);
        return;
      }
      this.#at = start;
      while (this.#readWord() !== null || this.take('.')) continue;
      if (this.take('<')) {
        this.#readAngle(into);
        return;
      }
      // The members of a group are read as if they stood in the list.
      if (this.#at === start || !this.take(':')) return;
    }
  }

  /** Behind the next comma, or the semicolon that ends a group. */
  skipToNext(): void {
    while (!this.ended && !this.take(',') && !this.take(';')) {
      if (this.#readWord() === null) {
        this.#at++;
        this.#skip();
      }
    }
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

  #readAngle(into: SieveAddress[]): void {
    if (this.#peek() === '@' && !this.#skipRoute()) return;
    const address = this.readAddressSpec();
    if (address !== null && this.take('>')) into.push(address);
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
    // A quote that is never closed takes the rest; looked for again behind each of its characters it would take hours.
    if (this.#peek() === '"') this.#at = this.#value.length;
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
