import { createHash } from 'node:crypto';

/** A code that people hand on: 128 random bits. It begins with a letter or digit: spreadsheets and shells take `-x` for something else. */
export function makeSecretCode(random: (size: number) => Uint8Array): string {
  return Buffer.from(random(16)).toString('base64url').replace(/^-/, 'A').replace(/^_/, 'B');
}

/** What the database keeps of a code: 128 bits cannot be guessed from a plain hash. */
export function hashSecretCode(code: string): string {
  return createHash('sha256').update(code.trim()).digest('base64url');
}
