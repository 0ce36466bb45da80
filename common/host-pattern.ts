import { foldHost } from './host.ts';

/** Whether a host is meant by `name` or `*.domain`; the latter means the domain itself too. */
export function matchesHost(host: string, pattern: string): boolean {
  const folded = foldHost(host);
  const wanted = foldHost(pattern);
  if (!wanted.startsWith('*.')) return folded === wanted;
  return folded === wanted.slice(2) || folded.endsWith(wanted.slice(1));
}
