import type { MailView } from '../../../../common/shapes/mail.ts';
import { foldQuotes, type FoldLabels } from '../quotes/fold-quotes.ts';
import { markLinks } from '../links/mark-links.ts';
import { showPictures } from '../pictures/inline-pictures.ts';
import { splitQuotes } from '../body/plain-text.ts';
import { dressPage } from '../body/page-looks.ts';
import { sanitiseMail } from '../body/sanitise.ts';
import { PRINT_SHEET, PRINT_TREE_SHEET } from './print-sheet.ts';

/** A mail as it goes on paper: what stands over and under it is ready to read. */
export interface PrintedMail {
  mail: MailView;
  /** Label and value. */
  facts: readonly (readonly [string, string])[];
  /** What the reader warns of; it must not be missing on paper. */
  warnings: readonly string[];
  files: string;
  /** See sanitiseMail. */
  pictures: ReadonlyMap<string, string> | undefined;
}

export interface PrintedPage {
  title: string;
  /** Null for one mail by itself. */
  count: string | null;
  /** Null: quoted text is printed too. */
  fold: (FoldLabels & { lines: (n: number) => string }) | null;
  empty: string;
  mails: readonly PrintedMail[];
}

export interface FilledPage {
  /** Its pictures are there, as far as they come. */
  loaded: Promise<unknown>;
  release: () => void;
}

/**
 * Puts mails into the empty page of a frame that runs nothing. Each HTML body stands in a shadow tree within a box that
 * contains layout and paint, so that no style of a mail reaches another mail or what is said of it.
 */
export function fillPrintPage(view: Window & typeof globalThis, printed: PrintedPage): FilledPage {
  const page = view.document;
  const make = makeElements(page);
  const releases: (() => void)[] = [];
  const loads: Promise<unknown>[] = [];
  page.title = printed.title;
  page.head.append(make('style', { text: PRINT_SHEET }));
  page.body.append(make('h1', { text: printed.title, dir: 'auto' }));
  if (printed.count !== null) page.body.append(make('p', { text: printed.count, name: 'print-count' }));
  for (const one of printed.mails) {
    const article = make('article', { name: 'print-mail' });
    article.append(makeHead(make, one));
    for (const text of one.warnings) article.append(make('p', { text, name: 'print-warning' }));
    if (one.mail.html === null) article.append(...makeText(make, one.mail.text ?? '', printed));
    else {
      const box = make('div', { name: 'print-body' });
      article.append(box);
      const shown = addHtml(view, box, one, printed);
      releases.push(shown.release);
      loads.push(shown.loaded);
    }
    if (one.files !== '') article.append(make('p', { text: one.files, name: 'print-files', dir: 'auto' }));
    page.body.append(article);
  }
  for (const box of page.querySelectorAll<HTMLElement>('.print-body')) fitPaper(box);
  return {
    loaded: Promise.all(loads),
    release: () => {
      for (const release of releases) release();
    },
  };
}

type Make = ReturnType<typeof makeElements>;

function makeElements(page: Document) {
  return (tag: string, { text, name, dir }: { text?: string; name?: string; dir?: string } = {}) => {
    const element = page.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (name !== undefined) element.className = name;
    if (dir !== undefined) element.dir = dir;
    return element;
  };
}

function makeHead(make: Make, { facts }: PrintedMail): HTMLElement {
  const list = make('dl', { name: 'print-head' });
  for (const [label, value] of facts) {
    const line = make('div');
    const said = make('dd');
    // A name cannot turn the line around that it stands in.
    said.append(make('bdi', { text: value }));
    line.append(make('dt', { text: label }), said);
    list.append(line);
  }
  return list;
}

function makeText(make: Make, text: string, { fold, empty }: PrintedPage): HTMLElement[] {
  if (text.trim() === '') return [make('p', { text: empty, name: 'print-left' })];
  if (fold === null) return [make('div', { text, name: 'print-text', dir: 'auto' })];
  return splitQuotes(text).map(({ kind, pieces, lines }) =>
    kind === 'quote'
      ? make('p', { text: fold.lines(lines), name: 'print-left' })
      : make('div', { text: pieces.map((piece) => piece.text).join(''), name: 'print-text', dir: 'auto' }),
  );
}

function addHtml(
  view: Window & typeof globalThis,
  box: HTMLElement,
  { mail, pictures }: PrintedMail,
  { fold }: PrintedPage,
): FilledPage {
  const page = view.document;
  const make = makeElements(page);
  const clean = sanitiseMail(mail.html ?? '', view, pictures);
  if (fold !== null) foldQuotes(clean.content, fold);
  markLinks(clean.content);
  const own = showPictures(clean.content, mail, clean.contentIds);
  const host = make('div');
  const tree = host.attachShadow({ mode: 'open' });
  // What a mail says of its `body` holds for this one.
  const root = make('html');
  const body = make('body');
  const frameSheet = page.head.querySelector('style')?.textContent ?? '';
  const content = page.adoptNode(clean.content);
  const images = [...content.querySelectorAll('img')];
  body.append(content);
  dressPage(body, clean.page);
  root.append(body);
  tree.append(make('style', { text: frameSheet }), make('style', { text: PRINT_TREE_SHEET }), root);
  box.append(host);
  return {
    loaded: own.loaded.then(async () => await Promise.all(images.map(async (image) => await settle(image)))),
    release: own.release,
  };
}

async function settle(image: HTMLImageElement): Promise<void> {
  if (image.complete) return;
  await new Promise<void>((resolve) => {
    image.addEventListener('load', () => resolve(), { once: true });
    image.addEventListener('error', () => resolve(), { once: true });
  });
}

/** Smallest size that can still be read. */
const LEAST_ZOOM = 0.45;

/** Pixels that a mail may reach below what it takes itself, such as by placing all of it absolutely. */
const MOST_BELOW = 8000;

/** What is wider than the paper becomes smaller, and nothing is cut below: there is no scrolling on it. */
function fitPaper(box: HTMLElement): void {
  const body = box.firstElementChild?.shadowRoot?.querySelector('body');
  if (!body || box.clientWidth === 0) return;
  const zoom = box.clientWidth / Math.max(body.scrollWidth, box.clientWidth);
  if (zoom < 1) box.style.setProperty('zoom', String(Math.max(LEAST_ZOOM, Math.floor(zoom * 100) / 100)));
  if (box.scrollHeight > box.clientHeight) {
    box.style.minHeight = `${Math.min(box.scrollHeight, box.clientHeight + MOST_BELOW)}px`;
  }
}
