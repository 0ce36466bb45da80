import type { Entry } from '../text.ts';

export const en = {
  admin: 'Administration',
  'back-to-mail': 'Back to mail',
  'not-admin': 'This area is for administrators.',
  'section-overview': 'Overview',
  'section-users': 'Users',
  'section-groups': 'Groups',
  'section-health': 'Accounts’ health',
  'section-queue': 'Queue',
  'section-storage': 'Storage',
  'section-parts': 'Servers',
  'section-policy': 'Policies',
  'section-audit': 'Audit log',
  'section-alerts': 'Alerts',
  'section-statistics': 'Statistics',
  'section-rooms': 'Rooms',
  'overview-lead': 'How this Valija is, at a glance. You see no mail and no passwords here.',
  'overview-lead-group':
    'How the people of your groups are, at a glance. You see no mail and no passwords here.',
  'alerts-open': { one: '{n} open alert', other: '{n} open alerts' },
  'no-alerts': 'Nothing needs your attention.',
  'tile-users': { one: 'user', other: 'users' },
  'tile-ok': { one: 'account works', other: 'accounts work' },
  'tile-late': { one: 'is late', other: 'are late' },
  'tile-failing': { one: 'is failing', other: 'are failing' },
  'tile-needs': { one: 'needs a sign-in', other: 'need a sign-in' },
} as const satisfies Record<string, Entry>;
