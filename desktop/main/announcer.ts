import { join } from 'node:path';
import { app, nativeImage, Notification, type BrowserWindow, type Tray } from 'electron';
import type { NativeAnnouncement } from '../native-api/native-api.ts';
import type { ShellTexts } from './texts.ts';

interface Announcing {
  texts: ShellTexts;
  icons: string;
  /** In lab mode the system keeps notifications longer than we live: they say nothing of the mail. */
  lab: boolean;
  window(): BrowserWindow | null;
  open(mail: string | null): void;
}

/** Badge, tray and notifications. */
export class Announcer {
  readonly #announcing: Announcing;
  readonly #shown = new Set<Notification>();
  tray: Tray | null = null;

  constructor(announcing: Announcing) {
    this.#announcing = announcing;
  }

  announce({ unread, notice }: NativeAnnouncement): void {
    const { texts, icons } = this.#announcing;
    const window = this.#announcing.window();
    this.tray?.setToolTip(texts.unread(unread));
    if (process.platform === 'win32') {
      const dot = unread === 0 ? null : nativeImage.createFromPath(join(icons, 'overlay.png'));
      window?.setOverlayIcon(dot, unread === 0 ? '' : texts.unread(unread));
    } else app.setBadgeCount(unread);
    if (notice !== null && window?.isFocused() !== true && Notification.isSupported()) this.#notify(notice);
  }

  /** Takes everything back: after sign-out nothing tells of the person who was here. */
  clear(): void {
    this.announce({ unread: 0, notice: null });
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
  }

  #notify(notice: { title: string; body: string; mail: string | null }): void {
    const { lab, texts } = this.#announcing;
    const text = lab
      ? { title: 'Valija', body: texts.newMailNotice }
      : { title: cut(notice.title), body: cut(notice.body) };
    const notification = new Notification(text);
    this.#shown.add(notification);
    notification.on('click', () => this.#announcing.open(notice.mail));
    notification.on('close', () => this.#shown.delete(notification));
    notification.show();
  }
}

/** A sender chooses how long a name or a subject is; a notification shows one line of each. */
function cut(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200);
}
