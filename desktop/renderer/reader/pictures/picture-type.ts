/** What browsers show, by what mail programs call it. */
const TYPES: Readonly<Record<string, string>> = {
  'image/png': 'image/png',
  'image/x-png': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/gif': 'image/gif',
  'image/webp': 'image/webp',
};

/** As what a part is shown within the text; null for what is no picture of pixels. */
export function readPictureType({ type, name }: { type: string; name: string | null }): string | null {
  const known = TYPES[type];
  if (known !== undefined || type !== 'application/octet-stream') return known ?? null;
  // Some programs send all that they attach so.
  const ending = /\.(png|jpe?g|gif|webp)$/i.exec(name ?? '')?.[1];
  return ending === undefined ? null : (TYPES[`image/${ending.toLowerCase()}`] ?? null);
}
