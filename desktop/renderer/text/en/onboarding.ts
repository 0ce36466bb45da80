import type { Entry } from '../text.ts';

export const en = {
  welcome: 'Welcome, {name}',
  'welcome-lead':
    'Add your first mailbox. Valija fetches its mail day and night, and shows it on any computer where you sign in.',
  files: 'Mail in files, from another program?',
  'files-import': 'Import it',
} as const satisfies Record<string, Entry>;
