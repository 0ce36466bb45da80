import type { Readable } from 'node:stream';
import type { SendStatus, WaitingSend } from '../../common/shapes/status.ts';

export interface SendOptions {
  /** Seconds that it is held for undo. */
  undo: number;
  /** Send then (ISO 8601), null now. */
  at: string | null;
  /** The same key gets the same mail and sends once; null: every call is a new mail. */
  key: string | null;
}

/** Sending as the API knows it. MailError `not-found` for mails that are not the user's or were not sent from here. */
export interface Sending {
  /** Builds the draft once and answers when it is durable in Sent. */
  send(user: string, input: SendOptions & { draft: string }): Promise<SendStatus>;
  /** Sends a ready RFC 5322 message; its From must be one of the user's identities. */
  sendRaw(user: string, input: SendOptions & { body: Readable }): Promise<SendStatus>;
  readStatus(user: string, mail: string): Promise<SendStatus>;
  /** Takes back what is held or scheduled: the mail is in Drafts again. */
  cancel(user: string, mail: string): Promise<SendStatus>;
  /** What is held or scheduled, from whichever PC, the next first. */
  listWaiting(user: string): Promise<WaitingSend[]>;
  /** Another time (ISO 8601) for what is held or scheduled, or `now`. */
  changeTime(user: string, mail: string, at: string): Promise<SendStatus>;
}
