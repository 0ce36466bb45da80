import type { SignedInUser } from '../../../common/shapes/session.ts';
import type { IconName } from '../parts/icon-names.ts';

const ADMIN_SECTIONS = [
  'overview',
  'users',
  'groups',
  'health',
  'queue',
  'storage',
  'parts',
  'policy',
  'audit',
  'alerts',
  'statistics',
  'rooms',
] as const;
export type AdminSection = (typeof ADMIN_SECTIONS)[number];

/** What is about the whole organisation or its machines is not for admins of groups. */
const OF_GROUPS: readonly AdminSection[] = [
  'overview',
  'users',
  'groups',
  'health',
  'policy',
  'statistics',
  'rooms',
];

/** The sections that somebody sees; the servers refuse the others too. */
export function chooseSections(
  user: Pick<SignedInUser, 'admin' | 'groupAdmin'> | null,
): readonly AdminSection[] {
  if (user?.admin === true) return ADMIN_SECTIONS;
  return user?.groupAdmin === true ? OF_GROUPS : [];
}

export const SECTION_ICONS: Record<AdminSection, IconName> = {
  overview: 'select',
  users: 'person',
  groups: 'label',
  health: 'activity',
  queue: 'sent',
  storage: 'archive',
  parts: 'screen',
  policy: 'rules',
  audit: 'list',
  alerts: 'bell',
  statistics: 'numbers',
  rooms: 'lock',
};
