import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { startChromium } from '../../harness/chromium.ts';

const READER = join(import.meta.dirname, '..', '..', '..', 'desktop', 'renderer', 'reader');

export interface ReaderPage {
  page: Page;
  close(): Promise<void>;
}

/** A blank page in which `script`, a TypeScript module that imports from the reader's folder, has run. */
export async function openReaderPage(script: string): Promise<ReaderPage> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: READER, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const browser = await startChromium();
  const pc = await browser.openPc();
  const page = await pc.newPage();
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  return { page, close: async () => await browser.close() };
}
