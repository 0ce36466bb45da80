/** What is decoded at all: pictures made of pixels, by programs that many eyes have looked at. */
export type PictureType = 'jpeg' | 'png' | 'gif' | 'webp';

/** By the first bytes, whatever the server that sent them says; null for everything else, SVG above all. */
export function sniffType(bytes: Uint8Array): PictureType | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  return null;
}
