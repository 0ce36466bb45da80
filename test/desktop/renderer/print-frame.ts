import type { Locator, Page } from 'playwright-core';

/** Before the page is loaded: what is printed stays in the page; else it is gone as soon as the browser has printed it. */
export async function keepPrintFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // oxlint-disable-next-line typescript/unbound-method -- called with the element itself
    const remove = Element.prototype.remove;
    Element.prototype.remove = function (this: Element) {
      if (this.getAttribute('data-testid') !== 'print-frame') remove.call(this);
    };
  });
}

/** The frame whose page is printed last, filled with everything. */
export function findPrintFrame(page: Page): Locator {
  return page.locator('[data-testid=print-frame][data-ready]').last();
}
