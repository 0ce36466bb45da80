import type { Entry } from '../text.ts';

export const en = {
  title: 'Find a command or a place',
  ask: 'Command, mailbox, account, label…',
  results: 'What was found',
  found: { zero: 'Nothing found', one: '{n} found', other: '{n} found' },
  'search-mail': 'Search mail for “{query}”',
  'kind-command': 'Command',
  'kind-mailbox': 'Mailbox',
  'kind-account': 'Account',
  'kind-label': 'Label',
  'kind-settings': 'Settings',
  'kind-recent': 'Recent search',
} as const satisfies Record<string, Entry>;
