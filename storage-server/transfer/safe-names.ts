import type { ArchiveNames } from './archive/write-archive.ts';

/** What Windows keeps for itself, whatever follows the dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const LONGEST = 80;

/** A name that is a file's on every system: no path, no control and direction marks, not reserved, not too long. */
export function makeSafeName(text: string): string {
  const plain = text
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\ufffd<>:"/\\|?*]+/gu, '_')
    .replace(/\s+/g, ' ')
    .trim();
  let name = '';
  for (const character of plain) {
    if (Buffer.byteLength(name + character) > LONGEST) break;
    name += character;
  }
  name = name.replace(/^\.+|[. ]+$/g, '');
  if (name === '') return '_';
  return RESERVED.test(name) ? `_${name}` : name;
}

/** A folder for each mailbox; the number keeps names apart. */
export const READABLE: ArchiveNames = {
  nameMail: ({ facts: { mailbox, date }, subject }, number) => {
    const folder = mailbox.split('/').map(makeSafeName).join('/');
    return `${folder}/${date.slice(0, 10)} ${makeSafeName(subject)} ${number}.eml`;
  },
  nameList: (number) => `mails-${String(number).padStart(7, '0')}.jsonl`,
};
