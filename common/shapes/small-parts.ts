import type { ProfilePart } from './profile.ts';

/** What every client needs at once; the address book and templates may be large and are read when somebody wants them. */
export const SMALL_PARTS = [
  'accounts',
  'identities',
  'mailboxes',
  'preferences',
  'rules',
  'labels',
] as const satisfies Exclude<ProfilePart, 'contacts' | 'groups' | 'templates'>[];
