import { MailError } from '../../common/errors.ts';

const MAX_LENGTH = 64;
/** Begins with a letter or digit; then also marks, single spaces and a few signs. No controls, no emoji. */
const PATTERN = /^[\p{L}\p{N}](?: ?[\p{L}\p{M}\p{N}._@+'-])*$/u;

export interface UserName {
  /** As the user wrote it, in NFKC. */
  name: string;
  /** By which it is unique: `José`, `JOSÉ` and the decomposed form are one. */
  key: string;
}

/** The name to compare with; for any input, so that looking one up never tells whether it could exist. */
export function foldUserName(input: string): string {
  // Up and down again folds what one direction alone leaves apart: ß and SS, ı and I, final sigma.
  return input.normalize('NFKC').trim().toUpperCase().toLowerCase().normalize('NFKC').slice(0, 255);
}

/** A name that may be registered; MailError `invalid` says which rule it breaks. */
export function checkUserName(input: string): UserName {
  const name = input.normalize('NFKC').trim();
  const length = Array.from(name).length;
  if (length === 0) throw refuseName('user-name-empty');
  if (length > MAX_LENGTH) throw refuseName('user-name-long');
  if (!PATTERN.test(name)) throw refuseName('user-name-characters');
  return { name, key: foldUserName(name) };
}

function refuseName(reason: string): MailError {
  return new MailError('invalid', 'user name refused', {
    field: 'name',
    reason,
    params: { max: MAX_LENGTH },
  });
}
