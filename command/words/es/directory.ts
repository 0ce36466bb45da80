import type { enDirectory } from '../en/directory.ts';

/** Spanish words for signing in by services of the organisation. */
export const esDirectory: Record<keyof typeof enDirectory, string> = {
  oidcNone: 'No hay ningún proveedor de inicio de sesión único.',
  oidcSet: '{provider} está puesto. Registra allí esta dirección: {redirect}',
  ldapNone: 'No hay ningún directorio LDAP.',
  ldapSet: 'Las contraseñas de {servers} valen aquí desde ahora.',
  wayInRemoved: 'Ya nadie entra por {provider}; sus usuarios se quedan.',
  makesUsers: 'crea usuarios',
  knownUsersOnly: 'solo usuarios conocidos',
};
