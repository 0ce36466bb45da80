import type { Entry } from '../text.ts';

export const en = {
  'all-in': { one: 'Select {n} mail in {box}', other: 'Select all {n} mails in {box}' },
  'all-found': { one: 'Select {n} mail found', other: 'Select all {n} mails found' },
  'all-from': 'Select all mail from {sender}',
  working: { one: 'Changing {n} mail…', other: 'Changing {n} mails…' },
  changed: { zero: 'No mail had to change.', one: '{n} mail changed.', other: '{n} mails changed.' },
  stopped: 'It stopped half-way; what was done is in the lists. {reason}',
  undo: 'Undo',
  retry: 'Retry',
  label: 'Label…',
  'new-label': 'New label…',
  'select-all': 'Select all that is shown',
  'only-unread': 'Unread only',
  'empty-unread': 'Nothing unread here.',
  labels: 'Labels',
  snooze: 'Snooze…',
  more: 'More for what is selected',
  partial: 'The rest of this list could not be loaded.',
  'conversation-failed': 'The other mails of this conversation could not be loaded.',
  conversation: { one: '{n} mail in this conversation', other: '{n} mails in this conversation' },
  'conversation-hidden': { one: '{n} more', other: '{n} more' },
} as const satisfies Record<string, Entry>;
