import type { enUserOptions, enUserSummaries } from '../en/user.ts';

/** Spanish help for users, groups and resets. */
export const esUserSummaries: Record<keyof typeof enUserSummaries, string> = {
  'user list':
    'lista los usuarios por nombre, o los que encuentra QUERY (administradores, y quienes se ocupan de grupos)',
  'user show': 'muestra un usuario, con lo que se ha hecho con él (administradores)',
  'user add': 'prepara un usuario, con invitación o primera contraseña (administradores)',
  'user invite': 'hace una invitación nueva para quien todavía no ha entrado (administradores)',
  'user edit': 'cambia lo que se nombre de un usuario (administradores)',
  'user import': 'lleva los usuarios a lo que dice un archivo CSV; véase --dry-run (administradores)',
  'user disable':
    'cierra las sesiones de un usuario y deja de recoger su correo; todo se queda (administradores)',
  'user enable': 'deja entrar de nuevo a un usuario desactivado (administradores)',
  'user remove':
    'elimina un usuario con todo su correo, tras 30 días en los que se puede deshacer (administradores)',
  'user restore': 'recupera un usuario eliminado (administradores)',
  'user reset': 'hace un código con el que un usuario elige una contraseña nueva (administradores)',
  'user approve':
    'aprueba un restablecimiento de otro administrador; sin USER lista los que esperan (administradores)',
  'user admin': 'hace administrador a un usuario, o deja de hacerlo (administradores)',
  'user group': 'pone a un usuario en un grupo (administradores)',
  'group list': 'lista los grupos con sus usuarios y quién se ocupa de ellos (administradores)',
  'group add': 'hace un grupo (administradores)',
  'group rename': 'da otro nombre a un grupo (administradores)',
  'group remove': 'elimina un grupo; sus usuarios se quedan (administradores)',
  'group admin': 'dice quién se ocupa de un grupo (administradores)',
  forgot: 'envía un código para una contraseña nueva a tu segunda dirección confirmada',
  redeem: 'pone una contraseña nueva con el código de un restablecimiento',
  'second-address show': 'muestra la dirección a la que van los códigos para una contraseña perdida',
  'second-address set': 'envía un código a la dirección que lo será',
  'second-address prove': 'la confirma con ese código',
  'second-address remove': 'la quita',
};

export const esUserOptions: Record<keyof typeof enUserOptions, string> = {
  'user list group': 'solo este grupo, o none: ninguno',
  'user list state': 'solo esos',
  'user list limit': 'cuántos, hasta 200 (50)',
  'display-name': 'el nombre de la persona como lo leen los demás',
  'user add group': 'grupo en el que está el usuario',
  'user add email': 'segunda dirección; el usuario la confirma antes de que llegue un código',
  'user edit email': 'segunda dirección, salvo que el usuario haya confirmado una',
  'user add language': 'del usuario',
  'initial-password-file':
    'archivo cuya primera línea es la primera contraseña, que se cambia al entrar por primera vez (una invitación)',
  'dry-run': 'solo muestra la diferencia',
  'new-codes': 'hace también invitaciones nuevas para quienes del archivo aún no han entrado',
  'user import codes': 'archivo en el que escribir las invitaciones (stdout)',
  'keep-days': 'días en los que se puede deshacer (30)',
  now: 'ahora mismo y del todo',
  hand: 'muestra el código, para entregarlo en persona (es lo normal)',
  mail: 'envía el código a la segunda dirección que el usuario ha confirmado',
  'also-factors': 'quita también la aplicación de códigos y las llaves de acceso cuando se use',
  withdraw: 'termina un restablecimiento que ya no se quiere',
  'user admin off': 'quita el derecho',
  'user group none': 'fuera de todo grupo',
  'group admin add': 'usuario que se ocupa de él; se puede repetir',
  'group admin remove': 'usuario que deja de ocuparse; se puede repetir',
  'redeem code': 'el código del restablecimiento',
  'second-address prove code': 'el código que llegó a esa dirección',
};

/** Las columnas del archivo de `user import`. */
export const esUserColumns = [
  ['name', 'con lo que el usuario inicia sesión; la única columna que tiene que estar'],
  ['display_name', 'el nombre de la persona'],
  ['group', 'grupo en el que está; se crea si no existe'],
  ['email', 'segunda dirección'],
  ['language', 'en o es'],
  ['initial_password', 'primera contraseña, que se cambia al entrar; si está vacía, se hace una invitación'],
] as const;
