/** Marks a structure record that counts removals too. */
const VERSION_2 = 0xff000001;

/** How many segments a full-text index of FTS5 has, by its structure record: cookie, mark, and as varints levels and segments. */
export function countSegments(structure: Buffer): number {
  let at = structure.length >= 8 && structure.readUInt32BE(4) === VERSION_2 ? 8 : 4;
  let value = 0;
  const next = (): number => {
    value = 0;
    for (;;) {
      const byte = structure[at] ?? 0;
      at += 1;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  next();
  return next();
}
