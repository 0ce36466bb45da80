import { cleanLine } from './headers.ts';

/** Bytes of a name that every usual file system takes. */
const MOST_BYTES = 255;
/** What is kept of an ending when a name is cut. */
const LONGEST_ENDING = 20;
/** Marks that would show a name in another order than it is written, or that nobody sees (Trojan Source, CVE-2021-42574). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u115f\u1160\u2028\u2029\u3164\uffa0\ufff0-\uffff]/gu;
/** What Windows refuses in a name; slashes part folders everywhere. */
const FORBIDDEN = /[<>:"|?*]/g;
/** Names that are devices to Windows, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(?=\.|$)/i;

/**
 * A sender's name for a file, as it can be stored and read anywhere: no folders, nothing that hides its ending, no device. Null where
 * nothing is left.
 */
export function makeFileName(name: string | null): string | null {
  if (name === null) return null;
  const last =
    cleanLine(name.replaceAll('\ufeff', ''), 1000).replace(INVISIBLE, '').split(/[\\/]/).at(-1) ?? '';
  // Windows takes no notice of dots and spaces at the end: the ending must be what it seems.
  const bare = last.replace(FORBIDDEN, '_').replace(/^[\s]+|[\s.]+$/g, '');
  if (bare === '') return null;
  return shorten(DEVICE.test(bare) ? `_${bare}` : bare);
}

/** By bytes, between characters, with its ending. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MOST_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= LONGEST_ENDING ? name.slice(dot) : '';
  let kept = '';
  let room = MOST_BYTES - Buffer.byteLength(ending);
  for (const character of ending === '' ? name : name.slice(0, dot)) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}${ending}`;
}
