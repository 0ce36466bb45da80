import { PDFiumLibrary, type PDFiumDocument } from '@hyzyla/pdfium';
import sharp from 'sharp';
import { fitPage } from './fit-page.ts';
import { ViewFailure } from './view-failure.ts';
import { VIEW_LIMITS, type DrawnPage } from './view-protocol.ts';

let library: Promise<PDFiumLibrary> | null = null;
/** The document that was asked for last: pages are turned one after the other. */
let open: { key: string; document: PDFiumDocument } | null = null;

/** One page of a PDF as a picture, and its words. Nothing in it runs: no scripts, no actions, no forms. */
export async function drawPages(
  key: string,
  bytes: Uint8Array,
  page: number,
  width: number,
): Promise<DrawnPage> {
  const document = await openDocument(key, bytes);
  const pages = Math.min(document.getPageCount(), VIEW_LIMITS.pages);
  if (pages < 1) throw new ViewFailure('view-broken');
  if (page === 0) return { pages, width: 0, height: 0, image: new Uint8Array(), text: null };
  if (page > pages) throw new ViewFailure('view-page');
  const drawn = document.getPage(page - 1);
  const { originalWidth, originalHeight } = drawn.getOriginalSize();
  const size = fitPage(originalWidth, originalHeight, width);
  if (size === null) throw new ViewFailure('view-broken');
  const text = readText(() => drawn.getText());
  const { data } = await drawn.render({
    ...size,
    scale: 1,
    render: async (bitmap) => {
      const { width, height } = bitmap;
      const raw = { width, height, channels: 4 } as const;
      return await sharp(bitmap.data, { raw }).removeAlpha().webp({ quality: 82, effort: 2 }).toBuffer();
    },
  });
  return { pages, ...size, image: new Uint8Array(data), text };
}

async function openDocument(key: string, bytes: Uint8Array): Promise<PDFiumDocument> {
  if (open?.key === key) return open.document;
  open?.document.destroy();
  open = null;
  library ??= PDFiumLibrary.init();
  const ready = await library;
  try {
    const document = await ready.loadDocument(bytes);
    open = { key, document };
    return document;
  } catch (error) {
    throw new ViewFailure(/password|security/i.test(String(error)) ? 'view-locked' : 'view-broken');
  }
}

/** A page whose words cannot be read is still a picture. */
function readText(read: () => string): string {
  try {
    const text = read().replaceAll('\0', '').replaceAll('\r\n', '\n');
    return text.slice(0, VIEW_LIMITS.pageText).toWellFormed();
  } catch {
    return '';
  }
}
