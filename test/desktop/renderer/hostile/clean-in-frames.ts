import type { Page } from 'playwright-core';
import { FORBIDDEN, FORBIDDEN_IN_PAGE, type judgeNodes } from './judge-nodes.ts';

/** The page knows how to judge (`addInitScript`): a call for each attack would take minutes. */
type Judging = typeof globalThis & { judgeNodes: typeof judgeNodes };
/** At once. */
const SOME = 24;

/**
 * Puts each attack, cleaned by the client's own sanitiser as it was loaded for a mail that is open, into a frame of its own of the
 * kind that shows mail, and leaves it there for two frames, so that what it would fetch or run begins. What is left of each
 * that may not be, one line each.
 */
export async function cleanInFrames(page: Page, attacks: readonly string[]): Promise<string[]> {
  const bad: string[] = [];
  for (let at = 0; at < attacks.length; at += SOME) {
    bad.push(
      ...(await page.evaluate(fillFrames, { attacks: attacks.slice(at, at + SOME), rules: FORBIDDEN })),
    );
  }
  return bad;
}

async function fillFrames({
  attacks,
  rules,
}: {
  attacks: string[];
  rules: typeof FORBIDDEN;
}): Promise<string[]> {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const script = loaded.find((name) => /\/sanitise-[^/]*\.js$/.test(name));
  if (script === undefined) throw new Error('the sanitiser was not loaded yet');
  const { sanitiseMail } = (await import(script)) as {
    sanitiseMail: (html: string, view: Window) => { content: DocumentFragment };
  };
  const frames = await Promise.all(
    attacks.map(async (html) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox');
      frame.src = '/frame';
      const ready = new Promise((done) => frame.addEventListener('load', done));
      document.body.append(frame);
      await ready;
      const inside = frame.contentDocument;
      if (inside === null || frame.contentWindow === null) throw new Error('no frame');
      const { content } = sanitiseMail(html, frame.contentWindow);
      // What the mail brings itself is looked up by these, and they never stay.
      for (const picture of content.querySelectorAll('img[src^="cid:" i]')) picture.removeAttribute('src');
      inside.body.replaceChildren(inside.adoptNode(content));
      return frame;
    }),
  );
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return frames.flatMap((frame, at) => {
    const found = (globalThis as Judging).judgeNodes(frame.contentDocument!.body, rules);
    frame.remove();
    return found.map((one) => `${one} of ${attacks[at]?.slice(0, 80)}`);
  });
}

/** Pastes each attack into the open composer's empty text; what stands there then that may not, one line each. */
export async function pasteAttacks(page: Page, attacks: readonly string[]): Promise<string[]> {
  const editor = page.getByTestId('compose-body');
  return await editor.evaluate(
    (element, { some, rules }) =>
      some.flatMap((html) => {
        element.replaceChildren();
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/html', html);
        clipboardData.setData('text/plain', 'x');
        element.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
        const found = (globalThis as Judging).judgeNodes(element, rules);
        return found.map((one) => `${one} of ${html.slice(0, 80)}`);
      }),
    { some: attacks, rules: FORBIDDEN_IN_PAGE },
  );
}
