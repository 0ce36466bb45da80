import type { MenuItemConstructorOptions } from 'electron';

/** What the computer of the double is like. */
export interface Computer {
  /** Where appData is. */
  home: string;
  languages: string[];
  /** Another instance holds the lock. */
  isTaken: boolean;
  /** Installed, not started by a developer: its resources lie beside main. */
  isPackaged: boolean;
  keyStore: 'gnome_libsecret' | 'basic_text';
  /** Clearing calls of the session that fail. */
  failing: string[];
}

/** What main did, for tests to look at. */
export interface Done {
  opened: string[];
  downloads: string[];
  errorBoxes: string[];
  /** What message boxes asked. */
  asked: string[];
  /** The places of the buttons that answer the next ones. */
  answers: number[];
  switches: string[];
  badge: number;
  menu: MenuItemConstructorOptions[];
  popups: MenuItemConstructorOptions[][];
  notifications: { options: { title?: string; body?: string }; closed: boolean; click(): void }[];
  tray: { tip: string; menu: MenuItemConstructorOptions[] } | null;
  paths: Map<string, string>;
  /** Schemes whose links come to this program, and with what before them. */
  protocols: Map<string, string[]>;
  sandboxed: boolean;
  errors: unknown[];
}
