import { join } from 'node:path';
import {
  app,
  nativeImage,
  Notification,
  type BrowserWindow,
  type NotificationConstructorOptions,
  type Tray,
} from 'electron';
import type { NativeAccount, NativeAnnouncement } from '../../native-api/native-api.ts';
import type { ShellTexts } from '../text/texts.ts';

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
    if (notice !== null && window?.isFocused() !== true && Notification.isSupported()) this.#tell(notice);
  }

  /** Takes everything back: after sign-out nothing tells of the person who was here. */
  clear(): void {
    this.announce({ unread: 0, notice: null });
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
  }

  /** Tells of the program itself. */
  notify(body: string): void {
    if (Notification.isSupported()) this.#show({ title: 'Valija', body }, null);
  }

  #tell({ title, body, mail, account = null }: NonNullable<NativeAnnouncement['notice']>): void {
    const { lab, texts } = this.#announcing;
    const text = lab
      ? { title: 'Valija', body: texts.newMailNotice }
      : { title: cut(title), body: cut(body), ...(account === null ? {} : groupBy(account)) };
    this.#show(text, mail);
  }

  #show(text: NotificationConstructorOptions, mail: string | null): void {
    const notification = new Notification(text);
    this.#shown.add(notification);
    notification.on('click', () => this.#announcing.open(mail));
    notification.on('close', () => this.#shown.delete(notification));
    notification.show();
  }
}

/** Where the system keeps notifications together it does so by account, and says which: Windows above them, macOS in them. */
function groupBy({ id, name }: NativeAccount): NotificationConstructorOptions {
  return { groupId: id, groupTitle: cut(name), subtitle: cut(name) };
}

/** A sender chooses how long a name or a subject is; a notification shows one line of each. */
function cut(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200);
}
