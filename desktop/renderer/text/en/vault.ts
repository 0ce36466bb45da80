import type { Entry } from '../text.ts';

export const en = {
  only: 'Use this account only while I am signed in',
  'only-hint':
    'Its password is locked with your Valija password, so that the server cannot open it without you. No mail is fetched and nothing is sent through this account while you are signed out everywhere. In a session that you opened without your password you are asked for it once. If your Valija password is ever reset, this account’s password is forgotten and you enter it again; your mail stays.',
  'unlock-title': 'Your Valija password, please',
  'unlock-why': 'This account is used only while you are signed in. Your password opens it for this session.',
  'unlock-password': 'Password with which you sign in at Valija',
  unlock: 'Open',
  'unlock-passkey': 'Open with a passkey',
  uses: 'Uses of this account’s password',
  'uses-hint':
    'Every time that Valija opened the password or permission of this account within 30 days. Only you see this.',
  'no-uses': 'It has not been used yet.',
  older: 'Older',
  'for-retrieve': 'To fetch mail',
  'for-test': 'To test the settings',
  'for-submit': 'To send mail',
  'for-submit-test': 'To test sending',
  'for-grant-test': 'To test a sign-in at the provider',
  'for-refresh': 'To renew the permission at the provider',
  'for-export': 'To export the profile with passwords',
  'for-restore': 'To put it back from a backup',
  'by-storage-server': 'storage server',
  'by-smtp-relay': 'relay',
  'by-profile-server': 'profile server',
} as const satisfies Record<string, Entry>;
