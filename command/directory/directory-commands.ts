import type { CommandEntry } from '../table.ts';

/** The commands of the group `directory`: ways in that are the organisation's own. */
export const DIRECTORY_COMMANDS = {
  'directory oidc list': { options: {}, load: async () => await import('./oidc-list.ts') },
  'directory oidc set': {
    words: ['PROVIDER'],
    options: {
      name: 'text',
      issuer: 'text',
      'client-id': 'text',
      'client-secret-file': 'text',
      'secret-by': 'text',
      scope: 'texts',
      'name-claim': 'text',
      'display-name-claim': 'text',
      'email-claim': 'text',
      'group-claim': 'text',
      demand: 'text',
      'make-users': 'flag',
      'second-factor-there': 'flag',
      'sign-out-there': 'flag',
    },
    required: ['issuer', 'client-id'],
    load: async () => await import('./oidc-set.ts'),
  },
  'directory oidc remove': {
    words: ['PROVIDER'],
    options: {},
    load: async () => await import('./oidc-remove.ts'),
  },
  'directory ldap show': { options: {}, load: async () => await import('./ldap-show.ts') },
  'directory ldap set': {
    options: {
      server: 'texts',
      'start-tls': 'flag',
      'allow-plain': 'flag',
      'bind-dn': 'text',
      'bind-password-file': 'text',
      base: 'text',
      filter: 'text',
      'user-dn': 'text',
      'id-attribute': 'text',
      'name-attribute': 'text',
      'display-name-attribute': 'text',
      'email-attribute': 'text',
      'group-attribute': 'text',
      'known-users-only': 'flag',
    },
    required: ['server'],
    load: async () => await import('./ldap-set.ts'),
  },
  'directory ldap remove': { options: {}, load: async () => await import('./ldap-remove.ts') },
} as const satisfies Record<string, CommandEntry>;
