import type { WireError } from '../errors.ts';

/** How far a check of one account is; `done` and `total` count messages. */
export interface CheckEvent {
  type: 'check';
  account: string;
  phase: 'connecting' | 'listing' | 'retrieving' | 'done' | 'failed';
  done: number;
  total: number | null;
  error: WireError | null;
}

/** Something of the user's changed: `mail.changes` says what. */
export interface ChangedEvent {
  type: 'changed';
  modseq: number;
}

/** How far `rules.run` is, in mails. */
export interface RulesEvent {
  type: 'rules';
  done: number;
  total: number;
}

/** The time has come that the user wanted to be reminded of this mail. */
export interface ReminderEvent {
  type: 'reminder';
  mail: string;
}

/** Mails were put off, or are no longer; `mail`: the one whose time has come, else null. */
export interface SnoozeEvent {
  type: 'snooze';
  mail: string | null;
}

/** What `event.watch` tells a client. */
export type StoreEvent = ChangedEvent | CheckEvent | RulesEvent | ReminderEvent | SnoozeEvent;
