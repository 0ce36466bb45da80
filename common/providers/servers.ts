import type { ProviderServer } from './provider.ts';

/** POP3 over TLS from the first byte (RFC 8314): what nearly all providers have. */
export function pop3s(host: string): ProviderServer {
  return { host, port: 995, tls: 'implicit' };
}

/** Submission over TLS from the first byte (RFC 8314). */
export function smtps(host: string): ProviderServer {
  return { host, port: 465, tls: 'implicit' };
}

/** Submission with STARTTLS (RFC 6409). */
export function submission(host: string): ProviderServer {
  return { host, port: 587, tls: 'starttls' };
}
