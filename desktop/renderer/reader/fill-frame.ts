import type { MailPart, MailView } from '../../../common/shapes/mail.ts';
import { storageServer, storageUrl } from '../session/clients.ts';
import { readTokens, tokenFor } from '../session/tokens.ts';
import { listenForKeys } from '../shell/keys.ts';
import { foldQuotes, type FoldLabels } from './fold-quotes.ts';
import { decodeSafe, judgeLink, shownTarget } from './links.ts';
import { keepPlaces } from './picture-places.ts';
import type { CleanMail } from './sanitise.ts';

export interface FilledFrame {
  setDark(dark: boolean): void;
  /** Frees pictures and listeners. */
  release(): void;
}

export interface Filling {
  mail: Pick<MailView, 'id' | 'parts'>;
  clean: CleanMail;
  labels: FoldLabels;
  onFollow: (text: string, href: string) => void;
}

/** Puts clean nodes into the frame's page and serves it from outside: the page itself runs nothing. */
export function fillFrame(frame: HTMLIFrameElement, filling: Filling): FilledFrame {
  const page = frame.contentDocument;
  if (page === null) return { setDark: () => undefined, release: () => undefined };
  const { content } = filling.clean;
  foldQuotes(content, filling.labels);
  markLinks(content);
  const pictures = showPictures(content, filling);
  page.body.replaceChildren(page.adoptNode(content));
  const places = watchPictures(page);
  frame.dataset['filled'] = 'true';
  page.documentElement.lang = document.documentElement.lang;
  const stopKeys = listenForKeys(page);
  const follow = (event: Event): void => {
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!link) return;
    event.preventDefault();
    filling.onFollow(link.getAttribute('data-says') ?? link.textContent, link.getAttribute('href') ?? '');
  };
  page.addEventListener('click', follow);
  page.addEventListener('auxclick', follow);
  const measure = (): void => {
    frame.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height)}px`;
  };
  const watch = new ResizeObserver(measure);
  watch.observe(page.documentElement);
  measure();
  return {
    setDark: (dark) => {
      if (dark) page.documentElement.dataset['canvas'] = 'dark';
      else delete page.documentElement.dataset['canvas'];
    },
    release: () => {
      watch.disconnect();
      stopKeys();
      page.removeEventListener('click', follow);
      page.removeEventListener('auxclick', follow);
      pictures.release();
      places();
    },
  };
}

/** Every link tells where it goes; one that says another place is marked in the text too. */
function markLinks(content: DocumentFragment): void {
  for (const link of content.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href') ?? '';
    const says = link.textContent;
    link.setAttribute('title', shownTarget(href));
    const warning = judgeLink(says, href);
    if (warning === null) continue;
    link.setAttribute('data-says', says);
    const mark = link.ownerDocument.createElement('span');
    mark.className = 'valija-warning';
    mark.textContent = ` ⚠ ${warning.target}`;
    link.append(mark);
  }
}

/** Of a picture from elsewhere that cannot be shown its words stay, in a box as large as the mail says. */
function watchPictures(page: Document): () => void {
  const replace = (event: Event): void => {
    const picture = event.target as Element | null;
    if (picture?.nodeName !== 'IMG' || !/^https?:/i.test(picture.getAttribute('src') ?? '')) return;
    keepPlaces([picture]);
  };
  // They do not bubble.
  page.addEventListener('error', replace, true);
  return () => page.removeEventListener('error', replace, true);
}

/** Pictures that are parts of the same mail: fetched with the person's token, shown from memory. */
function showPictures(content: DocumentFragment, { mail, clean }: Filling): { release(): void } {
  const urls: string[] = [];
  const stop = new AbortController();
  for (const image of content.querySelectorAll<HTMLImageElement>('img[src^="cid:" i]')) {
    const wanted = decodeSafe(image.getAttribute('src')?.slice(4) ?? '');
    image.removeAttribute('src');
    const part = mail.parts.find(({ contentId }) => contentId?.replace(/^<|>$/g, '') === wanted);
    if (!clean.contentIds.includes(wanted) || part === undefined) continue;
    if (!/^image\/(?:png|jpe?g|gif|webp)$/.test(part.type)) continue;
    void fetchPicture(mail.id, part, stop.signal).then((url) => {
      if (url === null) return null;
      urls.push(url);
      image.src = url;
      return null;
    });
  }
  return {
    release: () => {
      stop.abort();
      for (const url of urls) URL.revokeObjectURL(url);
    },
  };
}

/** In lab mode as the server draws it, and as part of the page: browsers may write large blobs to disk. */
async function fetchPicture(mail: string, part: MailPart, signal: AbortSignal): Promise<string | null> {
  try {
    if (readTokens()?.session.lab) {
      const drawn = await storageServer().view.page.query({ mail, part: part.id, page: 1 }, { signal });
      return `data:image/webp;base64,${drawn.image}`;
    }
    const response = await fetch(`${storageUrl()}/mail/${mail}/part/${part.id}`, {
      headers: { authorization: `Bearer ${await tokenFor('storage')}` },
      signal,
    });
    if (!response.ok) return null;
    return URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: part.type }));
  } catch {
    return null;
  }
}
