import type Squire from 'squire-rte';
import type { PictureKeeper } from './picture-keeper.ts';

/** Pixels up to which a picture is shown as large as it is; each program shows it so, until it is changed here. */
const WIDEST = 640;

/** Puts pictures in where the cursor is. They are seen at once, and on their way. */
export async function insertPictures(
  editor: Squire,
  keeper: PictureKeeper,
  pictures: readonly File[],
): Promise<void> {
  for (const picture of pictures) {
    const image = await keeper.take(picture);
    if (image === null) continue;
    await image.decode().catch(() => undefined);
    if (image.naturalWidth > WIDEST) image.width = WIDEST;
    editor.saveUndoState();
    editor.insertElement(image);
  }
}

/** The cursor goes where something is dropped. */
export function putCursorAt(editor: Squire, x: number, y: number): void {
  const root = editor.getRoot();
  const range = readRange(x, y);
  root.focus();
  if (range !== null && root.contains(range.startContainer)) editor.setSelection(range);
}

function readRange(x: number, y: number): Range | null {
  // Chromium learnt the standard's way in 2024, Safari has only the older one.
  if (!('caretPositionFromPoint' in document)) {
    return (
      document as Document & { caretRangeFromPoint(x: number, y: number): Range | null }
    ).caretRangeFromPoint(x, y);
  }
  const place = document.caretPositionFromPoint(x, y);
  if (place === null) return null;
  const range = document.createRange();
  range.setStart(place.offsetNode, place.offset);
  range.collapse(true);
  return range;
}
