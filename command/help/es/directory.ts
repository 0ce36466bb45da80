import type { enDirectoryOptions, enDirectorySummaries } from '../en/directory.ts';

/** Spanish help of the group `directory`. */
export const esDirectorySummaries: Record<keyof typeof enDirectorySummaries, string> = {
  'directory oidc list': 'enumera dónde se puede iniciar sesión en vez de aquí (administradores)',
  'directory oidc set': 'permite entrar por un proveedor de OpenID Connect (administradores)',
  'directory oidc remove': 'lo termina; sus usuarios se quedan (administradores)',
  'directory ldap show': 'muestra el directorio LDAP cuyas contraseñas valen aquí (administradores)',
  'directory ldap set': 'permite entrar con las contraseñas de un directorio LDAP (administradores)',
  'directory ldap remove': 'lo termina; sus usuarios se quedan (administradores)',
};

export const esDirectoryOptions: Record<keyof typeof enDirectoryOptions, string> = {
  'directory oidc set name': 'nombre en el botón (PROVIDER)',
  'directory oidc set issuer': 'dirección del proveedor, bajo la que se describe',
  'directory oidc set scope': 'ámbito; se puede repetir (openid profile email)',
  'secret-by': 'cómo se le muestra el secreto (header)',
  'name-claim': 'dato que será el nombre de usuario (preferred_username)',
  'display-name-claim': 'dato con el nombre de la persona (name)',
  'email-claim': 'dato con la dirección (email)',
  'group-claim': 'dato cuyos valores son nombres de grupos de aquí',
  demand: 'solo entran las personas con este dato',
  'make-users': 'quien viene por primera vez pasa a ser usuario; si no, solo entran los usuarios vinculados',
  'second-factor-there': 'el proveedor pide un segundo factor: entonces no se pide el nuestro',
  'sign-out-there': 'ofrecer salir también allí',
  'directory ldap set server':
    'ldaps://HOST o ldap://HOST; se puede repetir, se pregunta al primero que responde',
  'start-tls': 'cifrar ldap:// antes de enviar nada',
  'allow-plain': 'enviar contraseñas sin cifrar a otra máquina',
  'bind-dn': 'nombre con el que se busca a las personas',
  'bind-password-file': 'archivo con su contraseña; - es la entrada estándar',
  base: 'dónde se busca a las personas',
  filter: 'cómo, siendo {name} lo escrito ((uid={name}))',
  'user-dn': 'en vez de buscar: el nombre de la persona allí, siendo {name} lo escrito',
  'id-attribute': 'atributo que nunca cambia (entryUUID)',
  'name-attribute': 'atributo que será el nombre de usuario (uid)',
  'display-name-attribute': 'atributo con el nombre de la persona (cn)',
  'email-attribute': 'atributo con la dirección (mail)',
  'group-attribute': 'atributo cuyos valores son nombres de grupos de aquí',
  'known-users-only': 'no crear usuarios: solo entran quienes ya vinieron',
};
