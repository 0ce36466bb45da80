import type { Entry } from '../text.ts';

export const en = {
  loading: 'Loading',
  offline: 'No connection. Trying again by itself.',
  'offline-in': 'No connection. Trying again in {n} s.',
  failed: 'That did not work ({code}).',
  retry: 'Try again',
  reload: 'Reload',
  broken: 'Something went wrong in this window. Your mail is safe on the server.',
  'support-code': 'Code for support: {code}',
  close: 'Close',
  cancel: 'Cancel',
  skip: 'Skip to the content',
  navigation: 'Show mailboxes',
  home: 'Valija: inbox',
  'check-now': 'Check for new mail',
  'new-mail': 'New mail',
  'account-menu': 'Menu of {name}',
  settings: 'Settings',
  keys: 'Keyboard shortcuts',
  'sign-out': 'Sign out',
  checking: 'Checking {done} of {all}…',
  checked: { one: '{n} new mail', other: '{n} new mails', zero: 'No new mail' },
  'checked-sign-in': {
    one: '{n} account needs you to sign in again. Your other mail works.',
    other: '{n} accounts need you to sign in again. Your other mail works.',
  },
  'checked-some': {
    one: '{n} account did not answer. Your other mail works.',
    other: '{n} accounts did not answer. Your other mail works.',
  },
  arrived: { one: '{n} new mail', other: '{n} new mails' },
  retrieving: '{account}: {done} of {all}',
  welcome: 'Welcome, {name}',
  'welcome-lead':
    'Add your first mailbox. Valija fetches its mail day and night, and shows it on any computer where you sign in.',
} as const satisfies Record<string, Entry>;
