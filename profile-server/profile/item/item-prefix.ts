import type { ProfilePart } from '../../../common/shapes/profile.ts';

/** How ids of items begin; preferences are called by their keys. */
export const ITEM_PREFIX: Partial<Record<ProfilePart, string>> = {
  accounts: 'acc',
  identities: 'idn',
  mailboxes: 'mbx',
  contacts: 'con',
  rules: 'rul',
  labels: 'lab',
  templates: 'tpl',
  groups: 'grp',
};
