import type { Entry } from '../text.ts';

export const en = {
  'setup-code': 'Setup code',
  'setup-code-hint':
    'Shown where Valija was started. With it you become the administrator; without it you get an ordinary account.',
  invite: 'Invitation code',
  'invite-hint': 'It comes from the administrator of this server and works once.',
  'invite-optional': 'Only if you were given one: then use the user name that came with it.',
} as const satisfies Record<string, Entry>;
