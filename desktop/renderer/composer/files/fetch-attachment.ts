import { storageUrl } from '../../session/clients.ts';
import { demandOk } from '../../session/problem.ts';
import { tokenFor } from '../../session/tokens.ts';

/** A file of a draft that is on the server, with the person's token. */
export async function fetchAttachment(
  draft: string,
  attachment: string,
  signal: AbortSignal | null = null,
): Promise<Blob> {
  const response = await demandOk(
    await fetch(`${storageUrl()}/draft/${draft}/attachment/${attachment}`, {
      headers: { authorization: `Bearer ${await tokenFor('storage')}` },
      signal,
    }),
  );
  return await response.blob();
}
