import type { Page } from 'playwright-core';

/**
 * What a longer language would do: every text of the page a third longer, with accents above and below. In place, as React
 * does not look at what stands there; returns how to take it back.
 */
export async function lengthenTexts(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const accents: Record<string, string> = {
      a: 'á',
      e: 'ê',
      i: 'ï',
      o: 'ö',
      u: 'ü',
      n: 'ñ',
      c: 'ç',
      A: 'Å',
      E: 'É',
    };
    const kept: [Node, string][] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const text = node.nodeValue ?? '';
      const parent = node.parentElement;
      if (
        !/\p{L}{2}/u.test(text) ||
        parent?.closest('script, style, svg, kbd, code, [contenteditable], time') !== null
      )
        continue;
      kept.push([node, text]);
      const words = text.split(/(\s+)/).map((word) => {
        const more = Math.ceil(word.trim().length * 0.35);
        const said = word.replace(/[aeiounc]/gi, (letter) => accents[letter] ?? letter);
        return word.trim() === '' || !/\p{L}/u.test(word) ? word : said + 'ŷ'.repeat(more);
      });
      node.nodeValue = words.join('');
    }
    (window as { kept?: [Node, string][] }).kept = kept;
  });
  return async () =>
    await page.evaluate(() => {
      const { kept = [] } = window as { kept?: [Node, string][] };
      for (const [node, text] of kept) node.nodeValue = text;
    });
}

/** The distances that a reader may set (WCAG 1.4.12); returns how to take them back. By script: a style element would be refused. */
export async function spaceTexts(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
       p { margin-bottom: 2em !important; }`,
    );
    document.adoptedStyleSheets.push(sheet);
  });
  return async () => {
    await page.evaluate(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
    });
  };
}

/** Until what was changed is drawn, and nothing is on its way to another colour. */
export async function waitForFrames(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.allSettled(document.getAnimations().map(async ({ finished }) => await finished));
  });
}
