import type { Entry } from '../text.ts';

export const en = {
  welcome: 'Welcome, {name}',
  'welcome-lead':
    'Add your first mailbox. Valija fetches its mail day and night, and shows it on any computer where you sign in.',
} as const satisfies Record<string, Entry>;
