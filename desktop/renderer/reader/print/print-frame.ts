import { forgetWithSession } from '../../session/forget.ts';
import { fillPrintPage, type PrintedPage } from './print-page.ts';

/** As of the frame that shows mail, and what the browser's own print dialog needs; nothing in it runs. */
const SANDBOX = 'allow-same-origin allow-modals';
/** CSS pixels across: about what A4 and US letter have between the sheet's margins. */
const PAPER_WIDTH = 672;
/** Milliseconds; what has not come then is printed as a gap. */
const LONGEST_WAIT = 10_000;

let open: (() => void) | null = null;
forgetWithSession(() => open?.());

/** Puts mails into a page of their own beside the screen and asks the browser to print it. */
export async function openPrintFrame(printed: PrintedPage): Promise<void> {
  open?.();
  const frame = document.createElement('iframe');
  frame.dataset['testid'] = 'print-frame';
  frame.setAttribute('sandbox', SANDBOX);
  frame.setAttribute('referrerpolicy', 'no-referrer');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  // Out of sight, but laid out: what is not laid out is not printed.
  Object.assign(frame.style, {
    position: 'fixed',
    left: '-20000px',
    top: '0',
    width: `${PAPER_WIDTH}px`,
    height: '1000px',
    border: '0',
  });
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  frame.src = '/frame';
  document.body.append(frame);
  open = () => frame.remove();
  await loaded;
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (view === null) return;
  view.document.documentElement.lang = document.documentElement.lang;
  const page = fillPrintPage(view, printed);
  const close = (): void => {
    page.release();
    frame.remove();
    if (open === close) open = null;
  };
  open = close;
  await Promise.race([page.loaded, new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT))]);
  // Some browsers come back at once and print later.
  view.addEventListener('afterprint', close, { once: true });
  frame.dataset['ready'] = 'true';
  view.print();
}
