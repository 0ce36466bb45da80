import { MailError } from '../../common/errors.ts';
import { VIEW_WIDTH, type AttachmentPage, type AttachmentView } from '../../common/shapes/attachment-view.ts';
import type { Mails, PartBytes } from '../mail/mails.ts';
import { decodeText, findCharset } from '../mime/charset.ts';
import { sniffType } from '../picture/sniff-type.ts';
import { chooseView } from './choose-view.ts';
import { maySave, type Saver } from './save-rule.ts';
import type { Viewer } from './make-viewer.ts';
import { VIEW_LIMITS, type DrawnKind } from './view-protocol.ts';

/** Bytes by which a file's kind is known. */
const BEGIN = 4096;

interface ViewCore {
  mails: Pick<Mails, 'openPart'>;
  viewer: Viewer;
}

export interface ViewedPart {
  user: string;
  mail: string;
  part: string;
}

/** How a part is shown, with its text where it is text. MailError `not-found`, or `invalid` and why it is not shown. */
export async function openView(core: ViewCore, viewed: ViewedPart, saver: Saver): Promise<AttachmentView> {
  const opened = await core.mails.openPart(viewed.user, viewed.mail, viewed.part);
  const { part, size } = opened;
  const kind = chooseView(part, await readBytes(opened, BEGIN));
  const { name, type } = part;
  const view = { kind, pages: 0, text: null, cut: false, name, type, size, maySave: maySave(saver, type) };
  if (kind === 'none') return view;
  if (kind === 'text') {
    const bytes = await readBytes(opened, VIEW_LIMITS.textBytes);
    const cut = size > bytes.length;
    const text = decodeMarked(bytes, findCharset(part, bytes)).toWellFormed().replaceAll('\0', '');
    return { ...view, text: cut ? text.replace(/\ufffd$/, '') : text, cut };
  }
  const { pages } = await drawPart(core, viewed, opened, { kind, page: 0, width: 0 });
  return { ...view, pages };
}

/** Picture and words of one page. MailErrors as of `openView`, and `timeout` for what takes too long. */
export async function openPage(
  core: ViewCore,
  viewed: ViewedPart,
  { page, width }: { page: number; width: number },
): Promise<AttachmentPage> {
  const opened = await core.mails.openPart(viewed.user, viewed.mail, viewed.part);
  const kind = chooseView(opened.part, await readBytes(opened, BEGIN));
  if (kind === 'none' || kind === 'text') throw refuse('view-type');
  const drawn = await drawPart(core, viewed, opened, { kind, page, width });
  const image = Buffer.from(drawn.image).toString('base64');
  return { page, width: drawn.width, height: drawn.height, image, text: drawn.text };
}

/** The picture that a file is, as WebP. MailErrors as of `openPage`. */
export async function drawFile(
  viewer: Viewer,
  user: string,
  file: { key: string; size: number; open(): AsyncIterable<Uint8Array> },
): Promise<Uint8Array> {
  if (file.size > VIEW_LIMITS.bytes) throw refuse('view-large');
  const bytes = await readAll(file.open());
  if (sniffType(bytes) === null) throw refuse('view-type');
  const wanted = { key: file.key, kind: 'image', page: 1, width: VIEW_WIDTH.usual } as const;
  return (await viewer.draw(user, wanted, async () => bytes)).image;
}

async function drawPart(
  { viewer }: ViewCore,
  { user, mail, part }: ViewedPart,
  opened: PartBytes,
  wanted: { kind: DrawnKind; page: number; width: number },
) {
  if (opened.size > VIEW_LIMITS.bytes) throw refuse('view-large');
  const key = JSON.stringify([user, mail, part]);
  return await viewer.draw(user, { ...wanted, key }, async () => await readBytes(opened, VIEW_LIMITS.bytes));
}

async function readBytes(opened: PartBytes, most: number): Promise<Buffer> {
  return await readAll(opened.open(0, Math.min(most, opened.size)));
}

async function readAll(from: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of from) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** A byte order mark says more than the sender; it is no text itself. */
function decodeMarked(bytes: Buffer, charset: string | null): string {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : null;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  return decodeText(bytes, marked ?? big ?? charset).replace(/^\ufeff/, '');
}

function refuse(reason: string): MailError {
  return new MailError('invalid', 'the file is not shown', { reason });
}
