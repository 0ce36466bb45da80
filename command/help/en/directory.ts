/** English help for the group `directory`. */
export const enDirectorySummaries = {
  'directory oidc list': 'lists where people may sign in instead of here (administrators)',
  'directory oidc set': 'lets people sign in at an OpenID Connect provider (administrators)',
  'directory oidc remove': 'ends that; its users stay (administrators)',
  'directory ldap show': 'shows the LDAP directory whose passwords are good here (administrators)',
  'directory ldap set': 'lets people sign in with an LDAP directory’s passwords (administrators)',
  'directory ldap remove': 'ends that; its users stay (administrators)',
} as const;

export const enDirectoryOptions = {
  'directory oidc set name': 'name on the button (PROVIDER)',
  'directory oidc set issuer': 'the provider’s address, under which it describes itself',
  'directory oidc set scope': 'scope; may be repeated (openid profile email)',
  'secret-by': 'how the secret is shown to it (header)',
  'name-claim': 'claim that becomes the user name (preferred_username)',
  'display-name-claim': 'claim with the person’s name (name)',
  'email-claim': 'claim with the address (email)',
  'group-claim': 'claim whose values are names of groups here',
  demand: 'only people with this claim come in',
  'make-users': 'who comes for the first time becomes a user; else only linked users come in',
  'second-factor-there': 'the provider asks for a second factor: ours is not asked then',
  'sign-out-there': 'offer to sign out there too',
  'directory ldap set server':
    'ldaps://HOST or ldap://HOST; may be repeated, the first that answers is asked',
  'start-tls': 'encrypt ldap:// before anything is sent',
  'allow-plain': 'send passwords in clear to another machine',
  'bind-dn': 'name with which people are looked for',
  'bind-password-file': 'file with its password; - is stdin',
  base: 'where people are looked for',
  filter: 'how, {name} being what was typed ((uid={name}))',
  'user-dn': 'instead of a search: the person’s name there, {name} being what was typed',
  'id-attribute': 'attribute that never changes (entryUUID)',
  'name-attribute': 'attribute that becomes the user name (uid)',
  'display-name-attribute': 'attribute with the person’s name (cn)',
  'email-attribute': 'attribute with the address (mail)',
  'group-attribute': 'attribute whose values are names of groups here',
  'known-users-only': 'make no users: only those who have come before sign in',
} as const;
