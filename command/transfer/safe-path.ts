/** What Windows keeps for itself, whatever follows the dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A path of a mailbox as one of files: each name fit for every system. */
export function makeSafePath(path: string): string {
  const names = path.split('/').map((name) => {
    const plain = name
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}<>:"\\|?*]+/gu, '_')
      .replace(/^\.+|[. ]+$/g, '')
      .slice(0, 80);
    return plain === '' || RESERVED.test(plain) ? `_${plain}` : plain;
  });
  return names.join('/');
}

/** Whether a name in an archive stays inside of the folder that it is unpacked in. */
export function isInside(name: string): boolean {
  return name !== '' && !name.startsWith('/') && !name.includes('\\') && !name.split('/').includes('..');
}
