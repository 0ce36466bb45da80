import { makeFileName } from './file-name.ts';
import type { HeaderFields } from './headers.ts';
import { parseStructured, readParameter } from './parameters.ts';
import { readEncoding, type TransferEncoding } from './transfer.ts';

/** One node of a message's structure; offsets count from the begin of the message's body. */
export interface PartNode {
  /** As IMAP counts: `1`, `1.2`; the root of a multipart is empty. */
  id: string;
  type: string;
  charset: string | null;
  name: string | null;
  disposition: 'inline' | 'attachment' | null;
  contentId: string | null;
  encoding: TransferEncoding;
  boundary: string | null;
  /** Type of the multipart it stands in, null for the root. */
  within: string | null;
  start: number;
  end: number;
  children: PartNode[];
}

const TYPE = /^[!#$%&'*+.^_`|~0-9a-z-]{1,80}\/[!#$%&'*+.^_`|~0-9a-z-]{1,120}$/;

/** A part as its headers describe it. */
export function describePart(headers: HeaderFields, within: string | null, id: string): PartNode {
  const contentType = parseStructured(headers.get('content-type'));
  const disposition = parseStructured(headers.get('content-disposition'));
  const fallback = within === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const type = TYPE.test(contentType.value) ? contentType.value : fallback;
  const filename = readParameter(disposition, 'filename') ?? '';
  const name = filename.trim() === '' ? readParameter(contentType, 'name') : filename;
  const contentId = headers.get('content-id')?.trim().replace(/^<|>$/g, '').slice(0, 500) ?? null;
  const boundary = type.startsWith('multipart/') ? (contentType.parameters.get('boundary') ?? null) : null;
  return {
    id,
    type,
    charset: readParameter(contentType, 'charset')?.slice(0, 60) ?? null,
    name: makeFileName(name),
    disposition: readDisposition(disposition.value),
    contentId: contentId === '' ? null : contentId,
    encoding: readEncoding(headers.get('content-transfer-encoding')),
    boundary: boundary === null || boundary.trim() === '' ? null : boundary.slice(0, 500).trimEnd(),
    within,
    start: 0,
    end: 0,
    children: [],
  };
}

/** Unknown kinds count as attachment (RFC 2183 2.8). */
function readDisposition(value: string): 'inline' | 'attachment' | null {
  if (value === '') return null;
  return value === 'inline' ? 'inline' : 'attachment';
}

/** The parts that hold something, in their order. */
export function listLeaves(root: PartNode): PartNode[] {
  if (root.boundary === null) return [root];
  return root.children.flatMap(listLeaves);
}
