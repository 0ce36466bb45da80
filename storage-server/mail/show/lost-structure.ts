import { MailError } from '../../../common/errors.ts';
import type { BlobStore } from '../../blob/blob-store.ts';
import { HeaderFields, parseHeaders } from '../../mime/headers.ts';
import { describePart } from '../../mime/part.ts';
import { readStructure, type MailStructure } from './read-structure.ts';

/** The structure of a mail whose bytes may be lost: then it has its headers, if those are there, and no parts. */
export async function readStructureOrLost(
  blobs: BlobStore,
  mail: { header: string; body: string; size: number },
): Promise<MailStructure> {
  try {
    return await readStructure(blobs, mail);
  } catch (error) {
    if (!isLost(error)) throw error;
    const headers = await blobs.read(mail.header).then(parseHeaders, () => new HeaderFields());
    const root = { ...describePart(new HeaderFields(), null, '1'), disposition: 'attachment' as const };
    return { headers, root, leaves: [], sizes: [], problem: 'bytes-lost' };
  }
}

/** Whether a mail's bytes are gone or are not its own: trying again is of no use. */
export function isLost(error: unknown): boolean {
  return error instanceof MailError && (error.reason === 'blob' || error.reason === 'blob-damaged');
}
