import { createHash } from 'node:crypto';
import { clipboard, type BrowserWindow } from 'electron';
import { describeError, writeLog } from '../log.ts';

/**
 * Knows whether what lies on the clipboard was copied here: it changed while our window had the focus. Lab mode
 * removes that at sign-out and leaves what other programs put there.
 */
export class ClipboardWatch {
  /** What lay there when our window got the focus; null while it has none. */
  #before: string | null = null;
  #ours: string | null = null;

  async onFocus(): Promise<void> {
    this.#before = await readDigest();
  }

  async onBlur(): Promise<void> {
    const now = await readDigest();
    if (this.#before !== null && now !== this.#before) this.#ours = now;
    this.#before = null;
  }

  /** Clears the clipboard if its content is ours. */
  async clear(): Promise<void> {
    const now = await readDigest();
    const isOurs = now === this.#ours || (this.#before !== null && now !== this.#before);
    if (isOurs) {
      clipboard.clear();
      if (this.#before !== null) this.#before = await readDigest();
    }
    this.#ours = null;
  }
}

/** Only a digest is remembered: a password copied elsewhere must not stay in our memory. */
async function readDigest(): Promise<string> {
  return createHash('sha256')
    .update(await clipboard.readText())
    .digest('base64');
}

/** Tells `watch` when the window gets the focus and loses it. */
export function watchClipboard(window: BrowserWindow, watch: ClipboardWatch): void {
  const tell = (work: Promise<void>): void => {
    work.catch((error: unknown) => writeLog('clipboard-not-read', { error: describeError(error) }));
  };
  window.on('focus', () => tell(watch.onFocus()));
  window.on('blur', () => tell(watch.onBlur()));
}
