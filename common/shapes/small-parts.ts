import type { ProfilePart } from './profile.ts';

/** What every client needs at once; contacts may be thousands and are read when somebody wants them. */
export const SMALL_PARTS = [
  'accounts',
  'identities',
  'mailboxes',
  'preferences',
  'rules',
  'labels',
] as const satisfies Exclude<ProfilePart, 'contacts'>[];
