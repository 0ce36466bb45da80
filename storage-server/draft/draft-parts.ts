import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { decodePercent } from '../../common/compose/decode-percent.ts';
import { namePart } from '../../common/compose/name-part.ts';
import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import { ATTACHMENT_LIMITS } from '../../common/shapes/draft.ts';
import type { MailPart, MailView } from '../../common/shapes/mail.ts';
import type { StorageCore } from '../context.ts';
import { cleanName, cleanType } from './attachment-name.ts';
import { toDiskError } from './disk-error.ts';
import type { NewAttachment } from './draft-store.ts';

/** Larger parts go through a file instead of memory. */
const IN_MEMORY = 1 << 20;

/** Bytes of the pictures that an answer carries along for what it quotes. */
const MOST_PICTURES = 5 << 20;

export interface CopiedPart extends NewAttachment {
  contentId: string | null;
}

/** The parts that a person would call attachments; of an attached mail the mail itself, not its parts. */
function listAttachedParts(parts: readonly MailPart[]): MailPart[] {
  const chosen: MailPart[] = [];
  for (const part of parts) {
    if (chosen.some((one) => part.id.startsWith(`${one.id}.`)) || /^multipart\//i.test(part.type)) continue;
    const isBody =
      /^text\/(?:plain|html)$/i.test(part.type) && part.disposition !== 'attachment' && part.name === null;
    if (!isBody) chosen.push(part);
  }
  return chosen;
}

/** Pictures that are shown in the mail's own text and can be shown in an answer too: those an answer carries along. */
function listShownPictures({ parts, html }: Pick<MailView, 'parts' | 'html'>): MailPart[] {
  if (html === null) return [];
  const shown = new Set(
    [...html.matchAll(/\bcid:([^"'\s<>)]{1,300})/gi)].map(([, id = '']) => decodePercent(id)),
  );
  let room = MOST_PICTURES;
  return parts.filter(({ contentId, type, size }) => {
    if (contentId === null || !/^image\/(?:png|jpe?g|gif|webp)$/i.test(type)) return false;
    if (!shown.has(contentId) || size > room) return false;
    room -= size;
    return true;
  });
}

/** Copies the pictures that a quote shows; what is too large for an answer stays behind, and its words stand there. */
export async function copyPictures(
  core: Pick<StorageCore, 'mails' | 'blobs' | 'random' | 'dataDir'>,
  user: string,
  view: Pick<MailView, 'id' | 'parts' | 'html'>,
): Promise<CopiedPart[]> {
  return await copyEach(core, user, view.id, listShownPictures(view).slice(0, ATTACHMENT_LIMITS.count));
}

/** Copies a mail's attachments into blobs of their own. MailError `too-large` when they are more than a draft may have. */
export async function copyParts(
  core: Pick<StorageCore, 'mails' | 'blobs' | 'random' | 'dataDir'>,
  user: string,
  view: Pick<MailView, 'id' | 'parts'>,
): Promise<CopiedPart[]> {
  const parts = listAttachedParts(view.parts);
  const total = parts.reduce((sum, part) => sum + part.size, 0);
  if (total > ATTACHMENT_LIMITS.totalBytes || parts.length > ATTACHMENT_LIMITS.count) throw refuseSize();
  return await copyEach(core, user, view.id, parts);
}

async function copyEach(
  core: Pick<StorageCore, 'mails' | 'blobs' | 'random' | 'dataDir'>,
  user: string,
  mail: string,
  parts: readonly MailPart[],
): Promise<CopiedPart[]> {
  const copied: CopiedPart[] = [];
  for (const part of parts) {
    const { blob, size } = await copyPart(core, user, mail, part);
    copied.push({
      id: makeId('att', core.random),
      name: cleanName(namePart(part)),
      type: cleanType(part.type),
      size,
      blob,
      uploadKey: null,
      contentId: part.contentId,
    });
  }
  return copied;
}

async function copyPart(
  core: Pick<StorageCore, 'mails' | 'blobs' | 'random' | 'dataDir'>,
  user: string,
  mail: string,
  part: MailPart,
): Promise<{ blob: string; size: number }> {
  const bytes = await core.mails.openPart(user, mail, part.id);
  if (bytes.size <= IN_MEMORY) {
    const [stored] = await core.blobs.put([await buffer(bytes.open(0, bytes.size))]);
    return { blob: stored!.id, size: stored!.size };
  }
  const folder = join(core.dataDir, 'spool');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, makeId('part', core.random));
  try {
    await pipeline(bytes.open(0, bytes.size), createWriteStream(path, { mode: 0o600 }));
    const [stored] = await core.blobs.put([{ path, size: bytes.size }]);
    return { blob: stored!.id, size: stored!.size };
  } catch (error) {
    throw toDiskError(error) ?? error;
  } finally {
    await rm(path, { force: true });
  }
}

export function refuseSize(): MailError {
  return new MailError('too-large', 'attachments are larger than a mail may carry', {
    reason: 'attachments',
    params: { limit: `${ATTACHMENT_LIMITS.totalBytes / (1024 * 1024)} MB`, count: ATTACHMENT_LIMITS.count },
  });
}
