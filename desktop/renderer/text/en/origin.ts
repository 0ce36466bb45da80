import type { Entry } from '../text.ts';

export const en = {
  fails: '{domain} says that this mail is not from there. The sender may be forged.',
  other: 'Nothing shows that this mail is from {domain}: only {by} vouches for it.',
  why: 'How this is known',
  less: 'Less',
  'sender-check': 'Sender check',
  'judged-here': 'Judged by Valija when the mail was fetched, {time}.',
  'judged-there': 'Judged by {by} when the mail arrived there; read {time}.',
} as const satisfies Record<string, Entry>;
