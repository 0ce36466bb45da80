/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const LONGEST = 120;

/**
 * A name that a file may have on every system. The sender chose the one that comes in: signs that turn the direction of
 * writing (`exe.cod` for `doc.exe`), ends that Windows drops, and separators of folders are taken out.
 */
export function nameFile(wanted: string): string {
  const plain = wanted
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[<>:"/\\|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const short = cut(plain);
  if (short === '') return 'file';
  return DEVICES.test(short) ? `_${short}` : short;
}

/** The end tells what kind of file it is, so the middle goes. */
function cut(name: string): string {
  if (name.length <= LONGEST) return name;
  const dot = name.lastIndexOf('.');
  const end = dot > 0 && name.length - dot <= 20 ? name.slice(dot) : '';
  return name.slice(0, LONGEST - end.length) + end;
}
