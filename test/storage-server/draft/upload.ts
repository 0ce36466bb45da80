import { Readable } from 'node:stream';
import type { UploadPiece } from '../../../storage-server/draft/drafts.ts';
import { ANA, type PostOffice } from '../sending/post-office.ts';

/** One request of an upload, whole unless `change` says otherwise. */
export async function upload(
  office: PostOffice,
  draft: string,
  content: string | Uint8Array | Readable,
  name: string,
  change: Partial<UploadPiece> = {},
) {
  const body = content instanceof Readable ? content : Readable.from([Buffer.from(content)]);
  return await office.outbound.drafts.upload(ANA, {
    draft,
    name,
    type: 'text/plain',
    key: null,
    offset: 0,
    total: null,
    body,
    ...change,
  });
}

/** A body whose line breaks after these bytes. */
export function breakAfter(content: Uint8Array): Readable {
  return Readable.from(
    (async function* () {
      yield content;
      throw new Error('aborted');
    })(),
  );
}
