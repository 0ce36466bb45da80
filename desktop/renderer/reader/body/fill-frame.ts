import type { MailView } from '../../../../common/shapes/mail.ts';
import { listenForKeys } from '../../shell/keys.ts';
import { fitFrame } from './fit-frame.ts';
import { dressPage } from './page-looks.ts';
import type { Canvas } from './canvas.ts';
import { foldQuotes, type FoldLabels } from '../quotes/fold-quotes.ts';
import { markLinks } from '../links/mark-links.ts';
import { showPictures } from '../pictures/inline-pictures.ts';
import { keepPlaces } from '../pictures/picture-places.ts';
import type { CleanMail } from './sanitise.ts';

export interface FilledFrame {
  setCanvas(canvas: Canvas): void;
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
  if (page === null) return { setCanvas: () => undefined, release: () => undefined };
  const { content } = filling.clean;
  foldQuotes(content, filling.labels);
  markLinks(content);
  const pictures = showPictures(content, filling.mail, filling.clean.contentIds);
  page.body.replaceChildren(page.adoptNode(content));
  dressPage(page.body, filling.clean.page);
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
  const stopFitting = fitFrame(frame, page);
  return {
    setCanvas: (canvas) => {
      page.documentElement.dataset['canvas'] = canvas;
    },
    release: () => {
      stopFitting();
      stopKeys();
      page.removeEventListener('click', follow);
      page.removeEventListener('auxclick', follow);
      pictures.release();
      places();
    },
  };
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
