import type { Entry } from '../text.ts';

export const en = {
  tagline: 'All your mail in one place, on any computer.',
  'sign-in': 'Sign in',
  register: 'Create an account',
  'no-account': 'New here?',
  'have-account': 'Have an account already?',
  server: 'Server',
  'user-name': 'User name',
  password: 'Password',
  'fill-in': 'Please fill this in.',
  'show-password': 'Show password',
  'has-code': 'Lost your password?',
  redeem: 'Use a reset code',
  public: 'This is a public computer',
  'public-hint': 'Nothing stays on it, and after a pause you are signed out.',
  remember: 'Stay signed in on this computer',
  'remember-hint': 'Only on a computer of your own.',
  'because-asked': 'Signed out. Valija kept nothing on this computer.',
  'because-left-files': 'Some temporary files could not be removed. Tell the lab staff.',
  'because-idle': 'Nobody was here for a while, so Valija signed you out. It kept nothing on this computer.',
  'because-idle-draft-safe':
    'Nobody was here for a while, so Valija signed you out; your draft is safe. It kept nothing on this computer.',
  'because-ended': 'Your session ended. Sign in again.',
  'because-ended-draft-safe': 'Your session ended. Sign in again; your draft is safe.',
} as const satisfies Record<string, Entry>;
