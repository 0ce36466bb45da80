import { useEffect, useState } from 'react';
import type { DraftAttachment } from '../../../../common/shapes/draft.ts';
import { makeStore, type Store } from '../../parts/store.ts';
import { storageUrl } from '../../session/clients.ts';
import { demandOk, toProblem } from '../../session/problem.ts';
import { tokenFor } from '../../session/tokens.ts';
import { tell, tellProblem } from '../../shell/notices.ts';
import { composerTexts } from '../../text/composer.ts';
import { formatSize } from '../../text/format-more.ts';
import { languageStore, say } from '../../text/text.ts';
import { LIMITS } from './limits.ts';
import { DraftNotSaved, type DraftSession } from '../session/draft-session.ts';

/** Bytes of one request: small enough to show progress, large enough not to wait for each. */
const PIECE = 1024 * 1024;

export interface Upload {
  key: string;
  name: string;
  size: number;
  sent: number;
  stop: AbortController;
}

export interface Uploads {
  store: Store<readonly Upload[]>;
}

export function useUploads(): Uploads {
  const [uploads] = useState<Uploads>(() => ({ store: makeStore<readonly Upload[]>([]) }));
  useEffect(
    () => () => {
      for (const upload of uploads.store.get()) upload.stop.abort();
    },
    [uploads],
  );
  return uploads;
}

/** Uploads files to the draft, two at a time would help nobody: one after the other, each in pieces. */
export function startUploads(session: DraftSession, uploads: Uploads, files: readonly File[]): void {
  for (const file of files) {
    const used =
      session.store.get().attachments.reduce((sum, one) => sum + one.size, 0) +
      uploads.store.get().reduce((sum, one) => sum + one.size, 0);
    if (used + file.size > LIMITS.totalBytes) {
      const language = languageStore.get();
      const text = say(composerTexts, 'too-big', {
        file: file.name,
        size: formatSize(file.size, language),
        limit: formatSize(LIMITS.totalBytes, language),
      });
      tell({ kind: 'problem', text, action: null, lasts: null });
      continue;
    }
    void upload(session, uploads, file);
  }
}

async function upload(session: DraftSession, uploads: Uploads, file: File): Promise<void> {
  const entry: Upload = {
    key: crypto.randomUUID(),
    name: file.name,
    size: file.size,
    sent: 0,
    stop: new AbortController(),
  };
  const put = (sent: number): void =>
    uploads.store.change((list) => list.map((one) => (one.key === entry.key ? { ...one, sent } : one)));
  uploads.store.change((list) => [...list, entry]);
  try {
    const draft = await session.demandId();
    const done = await sendPieces(draft, file, entry, put);
    session.setAttachments((list) => [...list, done]);
  } catch (error) {
    if (entry.stop.signal.aborted) return;
    const problem = error instanceof DraftNotSaved ? error.problem : toProblem(error);
    tellProblem(problem, () => void upload(session, uploads, file));
  } finally {
    uploads.store.change((list) => list.filter((one) => one.key !== entry.key));
  }
}

/** Piece by piece; after a broken line it asks how far the server has come and goes on from there. */
async function sendPieces(
  draft: string,
  file: File,
  entry: Upload,
  put: (sent: number) => void,
): Promise<DraftAttachment> {
  const query = new URLSearchParams({ name: file.name, type: file.type || 'application/octet-stream' });
  const url = `${storageUrl()}/draft/${draft}/attachment?${query}`;
  let offset = 0;
  let failures = 0;
  for (;;) {
    try {
      const response = await demandOk(
        await fetch(url, {
          method: 'POST',
          headers: {
            ...(await makeHeaders(entry.key)),
            'content-type': 'application/octet-stream',
            'upload-offset': String(offset),
            'upload-length': String(file.size),
          },
          body: file.slice(offset, offset + PIECE),
          signal: entry.stop.signal,
        }),
      );
      if (response.status === 200) return (await response.json()) as DraftAttachment;
      offset = Number(response.headers.get('upload-offset') ?? Number.NaN);
      put(offset);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (toProblem(error).code !== 'offline' || failures > 5 || entry.stop.signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** failures));
      offset = await askOffset(url, entry).catch(() => offset);
    }
  }
}

async function askOffset(url: string, entry: Upload): Promise<number> {
  const headers = await makeHeaders(entry.key);
  const response = await fetch(url, { method: 'HEAD', headers, signal: entry.stop.signal });
  return Number(response.headers.get('upload-offset') ?? 0);
}

async function makeHeaders(key: string): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await tokenFor('storage')}`, 'upload-key': key };
}
