import type { Entry } from '../text.ts';

export const en = {
  'ask-empty': 'Send without subject and text?',
  'ask-attachment': 'Is a file missing?',
  'attachment-why': 'You write of something attached, but nothing is attached.',
  'attach-now': 'Attach files',
  'ask-sender': 'From the right address?',
  'as-it-is': 'Send as it is',
} as const satisfies Record<string, Entry>;
