import { MailError } from '../../../../common/errors.ts';
import type { DraftAttachment } from '../../../../common/shapes/draft.ts';
import { callHttp } from '../../session/call-http.ts';
import { toProblem } from '../../session/problem.ts';
import type { Upload } from './uploads.ts';

/** Bytes of one request: small enough to show progress, large enough not to wait for each. */
const PIECE = 1024 * 1024;

/** Piece by piece; after a broken line it asks how far the server has come and goes on from there. */
export async function sendPieces(
  draft: string,
  { file, key, stop, sent }: Pick<Upload, 'file' | 'key' | 'stop' | 'sent'>,
  put: (sent: number) => void,
): Promise<DraftAttachment> {
  const query = new URLSearchParams({ name: file.name, type: file.type || 'application/octet-stream' });
  const path = `/draft/${draft}/attachment?${query}`;
  const { signal } = stop;
  let offset = sent === 0 ? 0 : await askOffset(path, key, signal);
  let failures = 0;
  for (;;) {
    try {
      const response = await callHttp('storage', path, {
        method: 'POST',
        headers: {
          'upload-key': key,
          'content-type': 'application/octet-stream',
          'upload-offset': String(offset),
          'upload-length': String(file.size),
        },
        body: await readPiece(file, offset),
        signal,
      });
      if (response.status === 200) return (await response.json()) as DraftAttachment;
      offset = Number(response.headers.get('upload-offset') ?? Number.NaN);
      put(offset);
      failures = 0;
    } catch (error) {
      failures += 1;
      const { code, reason } = toProblem(error);
      // A piece arrived whose answer did not.
      const isElsewhere = reason === 'upload-offset';
      if ((code !== 'offline' && !isElsewhere) || failures > 5 || signal.aborted) throw error;
      if (!isElsewhere) await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** failures));
      offset = await askOffset(path, key, signal).catch(() => offset);
    }
  }
}

/** MailError `invalid` (`file-unreadable`): sent as it is, it would fail as if there were no connection. */
async function readPiece(file: File, offset: number): Promise<ArrayBuffer> {
  try {
    return await file.slice(offset, offset + PIECE).arrayBuffer();
  } catch (error) {
    throw new MailError('invalid', 'the file was changed or removed', {
      reason: 'file-unreadable',
      cause: error,
    });
  }
}

async function askOffset(path: string, key: string, signal: AbortSignal): Promise<number> {
  const response = await callHttp('storage', path, {
    method: 'HEAD',
    headers: { 'upload-key': key },
    signal,
  });
  return Number(response.headers.get('upload-offset') ?? 0);
}
