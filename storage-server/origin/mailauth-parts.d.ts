/** Parts of mailauth that it gives no types for. */
declare module 'mailauth/lib/parse-received.js' {
  interface Clause {
    value: string;
    comment?: string;
  }
  type Received = Record<string, Clause | undefined>;
  export function parseReceived(line: string): Received | false;
  export function getClientAddress(from: Clause | undefined): string | false;
}

declare module 'mailauth/lib/tools.js' {
  /** The first of the domains that belongs to the same organisation (public suffix list). */
  export function getAlignment(domain: string, domains: readonly string[]): { domain: string } | false;
}
