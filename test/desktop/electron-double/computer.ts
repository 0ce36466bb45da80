import type { MenuItemConstructorOptions } from 'electron';

/** What the computer of the double is like. */
export interface Computer {
  /** Where appData is. */
  home: string;
  languages: string[];
  /** Another instance holds the lock. */
  isTaken: boolean;
  keyStore: 'gnome_libsecret' | 'basic_text';
  /** Clearing calls of the session that fail. */
  failing: string[];
}

/** What main did, for tests to look at. */
export interface Done {
  opened: string[];
  downloads: string[];
  errorBoxes: string[];
  switches: string[];
  badge: number;
  menu: MenuItemConstructorOptions[];
  popups: MenuItemConstructorOptions[][];
  notifications: { options: { title?: string; body?: string }; closed: boolean; click(): void }[];
  tray: { tip: string; menu: MenuItemConstructorOptions[] } | null;
  paths: Map<string, string>;
  sandboxed: boolean;
  errors: unknown[];
}
