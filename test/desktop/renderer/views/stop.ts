import type { Page } from 'playwright-core';

/** A view of the client as a person comes to it: those of a tour follow one another on one page. */
export interface Stop {
  name: string;
  open(page: Page, web: string): Promise<unknown>;
  /** Back to where the next stop can begin, where going to an address is not enough. */
  leave?(page: Page): Promise<unknown>;
  /** What hangs at a button stays where that was: the window is not resized meanwhile. */
  hanging?: true;
  /** Opens in windows of this width in CSS pixels and more only. */
  from?: number;
  /** Made of what others show already, and none follows on it: judged by VALIJA_TESTS=all only. */
  like?: true;
}

/** Goes to a place of the client by its address, and waits until nothing is still loading there. */
export async function goTo(page: Page, web: string, place: string, shown: string): Promise<void> {
  await page.goto(`${web}/#/${place}`);
  await page.locator(shown).first().waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
}

export const leaveByEscape = async (page: Page): Promise<void> => await page.keyboard.press('Escape');

/** Goes through a tour in a window `width` CSS pixels wide. */
export async function walkTour(
  page: Page,
  web: string,
  stops: readonly Stop[],
  width: number,
  visit: (stop: Stop) => Promise<unknown>,
): Promise<void> {
  for (const stop of stops) {
    if (stop.from !== undefined && width < stop.from) continue;
    try {
      await stop.open(page, web);
    } catch (error) {
      throw new Error(`${stop.name} did not open at ${page.url()}`, { cause: error });
    }
    await visit(stop);
    await stop.leave?.(page);
  }
}
