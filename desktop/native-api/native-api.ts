/**
 * What the desktop shell can do for the renderer: five plain functions on `window.valija`, put there by the
 * preload script. In a browser `window.valija` is undefined and the same screens work without it.
 * Data never goes this way: mail and profile go by HTTPS.
 */
export interface NativeApi {
  /** Asked once, before the first screen. */
  start(): Promise<NativeStart>;
  /**
   * Keeps the refresh token for the next start, replacing the former one; null forgets it.
   * `kept` is false where the system has no safe place for it, and always in lab mode.
   */
  keepSession(session: { server: string; refreshToken: string | null }): Promise<{ kept: boolean }>;
  /**
   * The clean-up of a sign-out: the kept token, storage, caches, sign-in data of the network layer, our clipboard.
   * `clean` is false when something could not be removed.
   */
  clearSession(): Promise<{ clean: boolean }>;
  /** Badge, tray and notification. `notice` is shown only while no window of ours has the focus. */
  announce(state: NativeAnnouncement): Promise<void>;
  /** What the system asks of the client (menu, mailto, deep link, notification click); returns how to stop listening. */
  onOrder(listener: (order: NativeOrder) => void): () => void;
}

export interface NativeStart {
  /** Address of the profile-server; null: the person types it on the sign-in screen. */
  server: string | null;
  /** The address comes from a policy of the machine: it is shown and cannot be changed. */
  serverLocked: boolean;
  /** Lab mode: nothing is kept on this computer, "remember me" is not offered. */
  lab: boolean;
  /** Which computer it is, as those call it who manage it. */
  room: string | null;
  pc: string | null;
  /** Whether a refresh token can be kept safely here. */
  canRemember: boolean;
  /** The token kept at the last sign-in on this server. */
  refreshToken: string | null;
  version: string;
}

export interface NativeAnnouncement {
  /** Unread mails in the inbox; 0 removes the badge. */
  unread: number;
  notice: null | {
    title: string;
    body: string;
    mail: string | null;
    /** The account that it came to, as the person calls it: the system keeps its notices together. */
    account?: NativeAccount | null | undefined;
  };
}

export interface NativeAccount {
  id: string;
  name: string;
}

/** `mailto:` as far as it is allowed: `attach` and any other header are dropped by the shell. */
export interface MailtoOrder {
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  body: string;
}

export type NativeOrder =
  | { kind: 'compose'; mail: MailtoOrder | null }
  /** `valija://msg/<id>` or a click on a notification. */
  | { kind: 'open'; mail: string }
  | { kind: 'check' }
  | { kind: 'settings' }
  | { kind: 'print' }
  | { kind: 'sign-out' };
