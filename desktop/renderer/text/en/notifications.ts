import type { Entry } from '../text.ts';

export const en = {
  lead: 'What tells you of new mail while you look at something else.',
  notify: 'Announce new mail',
  'notify-hint':
    'With sender and subject, while no window of Valija is in front. This is your choice for every computer.',
  accounts: 'Announce mail of',
  'browser-default': 'This browser has not been asked yet whether Valija may show notifications.',
  'browser-granted': 'This browser shows notifications of Valija.',
  'browser-denied':
    'This browser refuses notifications of Valija. You can allow them in its settings for this address.',
  'browser-unable':
    'This browser shows no notifications here. New mail appears in the list by itself, and its number in the tab.',
  allow: 'Allow in this browser',
  try: 'Show a sample',
  sample: 'New mail will be announced like this.',
} as const satisfies Record<string, Entry>;
