import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { makeFileError } from '../failure.ts';
import { callWithToken, type TokenSource } from '../server/clients.ts';
import { readRefusal, readText } from '../server/http.ts';

/** Types that mail programs treat in a way of their own; anything else is only bytes. */
const TYPES: Record<string, string> = {
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.ics': 'text/calendar',
  '.vcf': 'text/vcard',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
  '.gz': 'application/gzip',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.eml': 'message/rfc822',
  '.odt': 'application/vnd.oasis.opendocument.text',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export interface FileToAttach {
  path: string;
  name: string;
  type: string;
  size: number;
}

/** Looks at a file before anything is sent; MailError usage when it cannot be read. */
export function findFile(path: string): FileToAttach {
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
    if (!found.isFile()) throw new Error('not a file');
    accessSync(path, constants.R_OK);
    const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
    return { path, name: basename(path), type, size: found.size };
  } catch (error) {
    throw makeFileError(path, error);
  }
}

/** Streams a file into a draft. */
export async function uploadFile(
  home: { url: string; token: TokenSource },
  draft: string,
  file: FileToAttach,
): Promise<void> {
  const query = new URLSearchParams({ name: file.name, type: file.type });
  const address = `${home.url}/draft/${encodeURIComponent(draft)}/attachment?${query.toString()}`;
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(file.size) };
  // A file that grows meanwhile must not run past the length that was announced.
  const body = file.size === 0 ? new Uint8Array() : createReadStream(file.path, { end: file.size - 1 });
  const answer = await callWithToken(address, { method: 'POST', headers, body }, home.token);
  const text = await readText(answer, address);
  if (answer.status >= 300) throw readRefusal(answer.status, text);
}
