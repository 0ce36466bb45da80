import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { findFocusFaults } from './find-focus-faults.ts';
import { findLayoutFaults } from './find-layout-faults.ts';
import { lengthenTexts, spaceTexts, waitForFrames } from './strain.ts';
import type { Stop } from './stop.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What ends in an ellipsis on purpose: lists and lines whose whole text is one step away. */
const MAY_END =
  '.row, .nav-link, .recipient-chip, .chip, .attachment, .composer-line, .list-head, .top-bar, .admin-filters, .window-table, .contact-row, .rule-line, .palette';
/** What is wider than a telephone by its nature, and scrolls by itself; and fields of one line. */
const MAY_SCROLL =
  'table, [role=table], [role=grid], pre, code, .viewer-frame, .reader-bar, .editor-bar, .settings-nav, .nav-list, .heat-scroller, .plain-table, .storage-table, input, select, textarea';

/** All that is wrong with the view that is shown, each as one line; nothing of it may be changed by looking. */
export async function judgeView(page: Page, stop: Stop, strains: readonly Strain[]): Promise<string[]> {
  const found = await listAxeFaults(new AxeBuilder({ page }).withTags(RULES));
  await page.emulateMedia({ colorScheme: 'dark' });
  await waitForFrames(page);
  // Every other rule is blind to colours.
  const dark = await listAxeFaults(new AxeBuilder({ page }).withRules(['color-contrast']));
  found.push(...dark.map((line) => `dark: ${line}`));
  await page.emulateMedia({ colorScheme: 'light' });
  await waitForFrames(page);
  found.push(...(await listLayoutFaults(page)));
  if (stop.hanging !== true) for (const strain of strains) found.push(...(await strainView(page, strain)));
  const focus = await page.evaluate(findFocusFaults);
  found.push(...focus.map(({ kind, where }) => `focus ${kind}: ${where}`));
  return [...new Set(found)].map((line) => `${stop.name}: ${line}`);
}

async function listAxeFaults(axe: AxeBuilder): Promise<string[]> {
  // What a mail's own HTML looks like is its sender's business; without frames the legacy mode finds the same in half the time.
  const { violations } = await axe.setLegacyMode().exclude('.mail-frame').analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

async function listLayoutFaults(page: Page): Promise<string[]> {
  const faults = await page.evaluate(findLayoutFaults, { mayEnd: MAY_END, mayScroll: MAY_SCROLL });
  return faults.map(({ kind, where, text }) => `${kind}: ${where} “${text}”`);
}

/** What a window, a reader or a language asks of a view. */
export interface Strain {
  name: string;
  width: number;
  height: number;
  /** Longer texts, or the distances of WCAG 1.4.12. */
  texts?: 'longer' | 'spaced';
}

export const STRAINS: readonly Strain[] = [
  { name: '800 × 600, longer', width: 800, height: 600, texts: 'longer' },
  { name: '320 px', width: 320, height: 640 },
  // 1280 × 800 at 200 %.
  { name: '200 %', width: 640, height: 400 },
  { name: 'spaced', width: 1280, height: 800, texts: 'spaced' },
];

async function strainView(page: Page, { name, width, height, texts }: Strain): Promise<string[]> {
  const before = page.viewportSize();
  await resize(page, { width, height });
  const undo =
    texts === 'longer' ? await lengthenTexts(page) : texts === 'spaced' ? await spaceTexts(page) : null;
  const found = await listLayoutFaults(page);
  await undo?.();
  if (before !== null) await resize(page, before);
  return found.map((line) => `${name}: ${line}`);
}

/** Heights that follow the window's (`dvh`) come a little later than its size. */
async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.waitForFunction((height) => {
    const shell = document.querySelector('.shell, .sign-in');
    return innerHeight === height && (shell === null || Math.abs(shell.clientHeight - height) <= 1);
  }, size.height);
  await waitForFrames(page);
}
