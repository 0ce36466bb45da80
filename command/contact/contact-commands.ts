import type { CommandEntry } from '../table.ts';

/** What `contact add` and `contact edit` can say of a contact. */
const CONTACT_OPTIONS = {
  name: 'text',
  email: 'texts',
  phone: 'texts',
  organisation: 'text',
  title: 'text',
  note: 'text',
  group: 'texts',
} as const;

/** The commands of the group `contact`. */
export const CONTACT_COMMANDS = {
  'contact list': { words: ['TEXT?'], options: {}, load: async () => await import('./list.ts') },
  'contact add': { options: CONTACT_OPTIONS, load: async () => await import('./add.ts') },
  'contact edit': { words: ['ID'], options: CONTACT_OPTIONS, load: async () => await import('./edit.ts') },
  'contact remove': { words: ['ID…'], options: {}, load: async () => await import('./remove.ts') },
  'contact import': { words: ['FILE'], options: {}, load: async () => await import('./import.ts') },
  'contact export': { options: { out: 'text' }, load: async () => await import('./export.ts') },
} as const satisfies Record<string, CommandEntry>;
