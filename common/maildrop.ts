import { foldHost } from './host.ts';

/** Tells one maildrop from all others: what is written differently and means the same gives the same text. */
export function identifyMaildrop(pop3: { host: string; port: number; user: string }): string {
  return JSON.stringify([foldHost(pop3.host), pop3.port, pop3.user]);
}
