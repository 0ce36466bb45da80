import { tell } from '../../shell/notices.ts';
import { editorTexts } from '../../text/editor.ts';
import { say } from '../../text/text.ts';
import { writeDataUrl } from './data-url.ts';
import type { PictureKeeper } from './picture-keeper.ts';

/** Bytes of a picture in a signature or template: it goes along with every mail. */
const MOST = 45_000;
/** Widths in pixels that are tried until it is small enough. */
const WIDTHS = [600, 480, 360, 240, 160];

/** Pictures that stand in the text itself, made small enough for that. */
export const ownPictures: PictureKeeper = {
  take: async (picture) => {
    const small = await shrink(picture).catch(() => null);
    if (small === null) {
      tell({ kind: 'problem', text: say(editorTexts, 'picture-bad'), action: null, lasts: 8000 });
      return null;
    }
    const image = document.createElement('img');
    image.alt = '';
    image.src = await writeDataUrl(small);
    return image;
  },
  isKnown: () => false,
  find: () => null,
  load: async () => null,
  note: () => undefined,
  adopt: () => null,
};

/** As it is when it is small enough; else drawn anew, clear parts kept where that fits. Null: it cannot be drawn. */
async function shrink(picture: File): Promise<Blob | null> {
  if (picture.size <= MOST) return picture;
  const drawn = await createImageBitmap(picture);
  for (const width of WIDTHS) {
    for (const type of ['image/png', 'image/jpeg'] as const) {
      const small = await draw(drawn, Math.min(width, drawn.width), type);
      if (small !== null && small.size <= MOST) return small;
    }
  }
  return null;
}

async function draw(
  drawn: ImageBitmap,
  width: number,
  type: 'image/png' | 'image/jpeg',
): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.max(1, Math.round((drawn.height * width) / drawn.width));
  const context = canvas.getContext('2d');
  if (context === null) return null;
  if (type === 'image/jpeg') {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve) => canvas.toBlob(resolve, type, 0.85));
}
