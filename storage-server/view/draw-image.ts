import sharp from 'sharp';
import { ViewFailure } from './view-failure.ts';
import { VIEW_LIMITS, type DrawnPage } from './view-protocol.ts';

/** The first frame, upright, in sRGB, without anything that was written beside the pixels: place, camera, name, preview. */
export async function drawImage(bytes: Uint8Array, page: number, width: number): Promise<DrawnPage> {
  const picture = sharp(bytes, {
    limitInputPixels: VIEW_LIMITS.pixelsIn,
    sequentialRead: true,
    pages: 1,
    failOn: 'error',
  });
  try {
    const found = await picture.metadata();
    // The limit of sharp is told by nothing but words.
    if (found.width * found.height > VIEW_LIMITS.pixelsIn) throw new ViewFailure('view-large');
    const size = { pages: 1, width: found.width, height: found.height, text: null };
    if (page === 0) return { ...size, image: new Uint8Array() };
    const { data, info } = await picture
      .autoOrient()
      .resize({ width, height: 4 * width, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 84, effort: 2, smartSubsample: true })
      .timeout({ seconds: VIEW_LIMITS.seconds })
      .toBuffer({ resolveWithObject: true });
    return { ...size, width: info.width, height: info.height, image: new Uint8Array(data) };
  } catch (error) {
    if (error instanceof ViewFailure) throw error;
    throw new ViewFailure(/pixel limit/.test(String(error)) ? 'view-large' : 'view-broken');
  }
}
