import { callHttp } from '../../session/call-http.ts';

/** A file of a draft that is on the server, with the person's token. */
export async function fetchAttachment(
  draft: string,
  attachment: string,
  signal: AbortSignal | null = null,
): Promise<Blob> {
  const response = await callHttp('storage', `/draft/${draft}/attachment/${attachment}`, { signal });
  return await response.blob();
}
