import { encodeUtf8 } from './utf8.ts';

/** What Windows keeps for itself, whatever follows the dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** In bytes: with a date and a number in front it fits every file system. */
const LONGEST = 80;

/** A name that is a file's on every system: no path, no control and direction marks, not reserved, not too long. */
export function makeSafeName(text: string): string {
  const plain = text
    .normalize('NFC')
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\ufffd<>:"/\\|?*]+/gu, '_')
    .trim();
  let name = '';
  for (const character of plain) {
    if (encodeUtf8(name + character).length > LONGEST) break;
    name += character;
  }
  name = name.replace(/^\.+|[. ]+$/g, '');
  if (name === '') return '_';
  return RESERVED.test(name) ? `_${name}` : name;
}

/** A path of a mailbox as one of files. */
export function makeSafePath(path: string): string {
  return path.split('/').map(makeSafeName).join('/');
}

/** Whether a name in an archive stays inside of the folder that it is unpacked in. */
export function isInside(name: string): boolean {
  return name !== '' && !name.startsWith('/') && !name.includes('\\') && !name.split('/').includes('..');
}
