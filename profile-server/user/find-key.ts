import { foldUserName } from './user-name.ts';

/** Name and display name as people type them when they look for somebody: small letters, no accents. */
export function makeFindKey(name: string, displayName: string | null): string {
  return foldForFinding(`${name} ${displayName ?? ''}`).slice(0, 600);
}

export function foldForFinding(text: string): string {
  return foldUserName(text.slice(0, 600)).normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim();
}
