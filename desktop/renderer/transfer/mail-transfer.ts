import { MailError } from '../../../common/errors.ts';
import { callHttp, callWithToken, urlOf } from '../session/call-http.ts';
import { demandOk } from '../session/problem.ts';
import { offerFile, today } from '../parts/offer-file.ts';

export type MailFormat = 'archive' | 'eml' | 'mbox';

export interface ImportedMail {
  mails: number;
  there: number;
  skippedCount: number;
}

interface WritableFile {
  createWritable(): Promise<WritableStream<Uint8Array> & { abort(): Promise<void> }>;
}

/**
 * Fetches an export and writes it to a file; `onBytes` hears how much has come. Where the browser can, it goes straight to
 * the disk; else it is held until it is whole. False when no file was chosen. MailError as GET /export.
 */
export async function exportMail(
  choice: { format: MailFormat; mailbox: string | null },
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const name = `valija-${today()}.${choice.format === 'mbox' ? 'mbox' : 'tar'}`;
  const file = await chooseFile(name);
  if (file === 'none') return false;
  const query = new URLSearchParams({ format: choice.format });
  if (choice.mailbox !== null) query.set('mailbox', choice.mailbox);
  const response = await callHttp('storage', `/export?${query}`, { signal });
  let bytes = 0;
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        bytes += piece.length;
        onBytes(bytes);
        controller.enqueue(piece);
      },
    }),
  );
  if (counted === undefined) throw new MailError('dropped', 'no body');
  if (file === null) offerFile(name, await new Response(counted).blob());
  else await counted.pipeTo(await file.createWritable(), { signal });
  return true;
}

/** Null where the browser cannot write to files; `none` when the person chose none. */
async function chooseFile(name: string): Promise<WritableFile | 'none' | null> {
  const pick = (window as { showSaveFilePicker?: (o: { suggestedName: string }) => Promise<WritableFile> })
    .showSaveFilePicker;
  if (pick === undefined) return null;
  try {
    return await pick({ suggestedName: name });
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'none' : null;
  }
}

/** Sends a file with mail; `onSent` hears of its bytes: only this kind of request says how much has left. */
export async function importMail(
  file: File,
  mailbox: string | null,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ImportedMail> {
  const query = new URLSearchParams({ name: file.name });
  if (mailbox !== null) query.set('mailbox', mailbox);
  const url = `${urlOf('storage')}/import?${query}`;
  const send = async (token: string): Promise<Response> =>
    await new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', url);
      request.setRequestHeader('authorization', `Bearer ${token}`);
      request.setRequestHeader('content-type', 'application/octet-stream');
      request.upload.onprogress = ({ loaded }) => onSent(loaded);
      request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
      request.onerror = () => reject(new TypeError('the connection broke'));
      request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
      signal.addEventListener('abort', () => request.abort(), { once: true });
      request.send(file);
    });
  const answer = await demandOk(await callWithToken('storage', send));
  return (await answer.json()) as ImportedMail;
}
