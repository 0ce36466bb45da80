import type { Entry } from '../text.ts';

export const en = {
  'state-held': 'Waiting to be sent',
  'state-scheduled': 'Scheduled',
  'state-queued': 'On its way',
  'state-sent': 'Delivered to the recipients’ servers',
  'state-partly': 'Some recipients did not get it',
  'state-failed': 'Not delivered',
  'state-cancelled': 'Cancelled',
  'recipient-held': 'waiting',
  'recipient-queued': 'on its way',
  'recipient-accepted': 'accepted',
  'recipient-deferred': 'delayed',
  'recipient-failed': 'failed',
  'recipient-cancelled': 'cancelled',
  'by-host': 'by {host}',
  attempts: { one: '{n} try', other: '{n} tries' },
  'next-try': 'next try {time}',
} as const satisfies Record<string, Entry>;
