import { MailError } from '../../../common/errors.ts';

/** RFC 3454 tables B.1 and C.1.2: mapped to nothing, and to a space. */
const NOTHING = /\u034f|\u200d|[\ufe00-\ufe0f]|[\u180b-\u180d]|[\u00ad\u1806\u200b\u200c\u2060\ufeff]/gu;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;
/** Tables C.2 to C.9: controls, private use, no characters, surrogates, what changes how others are shown, tags. */
const PROHIBITED =
  /[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u06dd\u070f\u180e\u2028\u2029\u2061-\u2063\u206a-\u206f\ufff9-\ufffd\u2ff0-\u2ffb\u200e\u200f\u202a-\u202e\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}]/u;

/**
 * SASLprep (RFC 4013): the same name or password typed on two keyboards becomes the same bytes. Tables D.1 and D.2 are taken by
 * script, which decides alike for every text of letters. MailError `invalid` for what no password may hold.
 */
export function prepareText(text: string, field: string): string {
  const prepared = text.replace(NOTHING, '').replace(SPACES, ' ').normalize('NFKC');
  if (PROHIBITED.test(prepared) || mixesDirections(prepared)) {
    throw new MailError('invalid', `${field} holds what SASLprep prohibits`, {
      reason: 'control-character',
      field,
    });
  }
  return prepared;
}

/** RFC 3454 section 6: with a right-to-left letter in it, none the other way, and the first and last must be one. */
function mixesDirections(text: string): boolean {
  if (!RIGHT_TO_LEFT.test(text)) return false;
  const letters = Array.from(text);
  return LEFT_TO_RIGHT.test(text) || !RIGHT_TO_LEFT.test(letters[0]!) || !RIGHT_TO_LEFT.test(letters.at(-1)!);
}
