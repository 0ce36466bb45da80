import { decodePercent } from '../../../../common/compose/decode-percent.ts';
import type { MailPart, MailView } from '../../../../common/shapes/mail.ts';
import { callHttp } from '../../session/call-http.ts';
import { storageServer } from '../../session/clients.ts';
import { readTokens } from '../../session/tokens.ts';
import { readPictureType } from './picture-type.ts';

/** Pictures that were put into a page; `loaded` once each is there or is known not to come. */
export interface ShownPictures {
  loaded: Promise<unknown>;
  /** Frees them, also those that are on their way. */
  release: () => void;
}

/** Pictures that are parts of the same mail: fetched with the person's token, shown from memory. */
export function showPictures(
  content: DocumentFragment,
  mail: Pick<MailView, 'id' | 'parts'>,
  contentIds: readonly string[],
): ShownPictures {
  const urls: string[] = [];
  const stop = new AbortController();
  const coming: Promise<unknown>[] = [];
  for (const image of content.querySelectorAll<HTMLImageElement>('img[src^="cid:" i]')) {
    const wanted = decodePercent(image.getAttribute('src')?.slice(4) ?? '');
    image.removeAttribute('src');
    const part = mail.parts.find(({ contentId }) => contentId === wanted);
    if (!contentIds.includes(wanted) || part === undefined) continue;
    const type = readPictureType(part);
    if (type === null) continue;
    const shown = fetchPicture(mail.id, { id: part.id, type }, stop.signal).then((url) => {
      if (url === null) return null;
      urls.push(url);
      image.src = url;
      return null;
    });
    coming.push(shown);
  }
  return {
    loaded: Promise.all(coming),
    release: () => {
      stop.abort();
      for (const url of urls) URL.revokeObjectURL(url);
    },
  };
}

/** In lab mode as the server draws it, and as part of the page: browsers may write large blobs to disk. */
async function fetchPicture(
  mail: string,
  part: Pick<MailPart, 'id' | 'type'>,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    if (readTokens()?.session.lab) {
      const drawn = await storageServer().view.page.query({ mail, part: part.id, page: 1 }, { signal });
      return `data:image/webp;base64,${drawn.image}`;
    }
    const response = await callHttp('storage', `/mail/${mail}/part/${part.id}`, { signal });
    return URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: part.type }));
  } catch {
    return null;
  }
}
