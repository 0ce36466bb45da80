import type { ErrorTexts } from '../error-text.ts';
import type { enUser } from '../en/user.ts';

/** Spanish sentences about users, groups and resets. */
export const esUser = {
  'not-found/user': {
    message: 'No hay ningún usuario {user}.',
    action: 'Los que tienes a tu cargo: valija user list',
  },
  'not-found/group': { message: 'Este grupo no existe (o ya no existe).', action: null },
  'name-taken/group': { message: 'Ya hay un grupo {name}.', action: null },
  'invalid/group-name': {
    message: 'Un grupo necesita un nombre de {max} caracteres como máximo.',
    action: null,
  },
  'invalid/initial-password': {
    message: 'Una primera contraseña necesita al menos {min} caracteres.',
    action: null,
  },
  'invalid/invite-name': {
    message: 'Esta invitación es para {name}.',
    action: 'Regístrate exactamente con ese nombre de usuario.',
  },
  'forbidden/own-user': {
    message: 'Los administradores no se hacen esto a sí mismos.',
    action: 'Pídeselo a otro.',
  },
  'forbidden/own-admin': {
    message: 'Los administradores no se quitan este derecho a sí mismos.',
    action: 'Pídeselo a otro.',
  },
  'forbidden/last-admin': {
    message: 'Es el último administrador.',
    action: 'Nombra antes administrador a otra persona.',
  },
  'forbidden/not-active': { message: '{name} todavía no usa este servidor, o ya no lo usa.', action: null },
  'forbidden/admin-of-more': {
    message: 'Este usuario administra más que tú.',
    action: 'Pídeselo a un administrador de la organización.',
  },
  'forbidden/stricter-group': {
    message: 'Para restablecer a este usuario hacen falta dos administradores, y en ese grupo no.',
    action: 'Pídelo a un administrador de la organización.',
  },
  'forbidden/own-groups': {
    message: 'Tus usuarios se quedan en los grupos que tienes a tu cargo.',
    action: 'Indica uno de tus grupos.',
  },
  'forbidden/proven-address': {
    message: 'El usuario ha confirmado esta dirección: solo él la cambia.',
    action: null,
  },
  'conflict/removed-user': {
    message: '{name} está eliminado.',
    action: 'Recupera antes al usuario: valija user restore',
  },
  'conflict/not-removed': { message: '{name} no está eliminado.', action: null },
  'conflict/not-invited': {
    message: '{name} ya ha entrado.',
    action: 'Para que vuelva a entrar, haz un restablecimiento: valija user reset',
  },
  'conflict/invited-user': {
    message: '{name} todavía no ha entrado.',
    action: 'Haz una invitación nueva: valija user invite',
  },
  'invalid/no-second-address': {
    message: '{name} no tiene ninguna segunda dirección confirmada.',
    action: 'Entrega el código en persona: valija user reset --hand',
  },
  'conflict/no-reset': {
    message: 'Ningún restablecimiento de este usuario espera aprobación.',
    action: null,
  },
  'forbidden/second-admin': {
    message: 'Quien hizo el restablecimiento no puede aprobarlo.',
    action: 'Pídeselo a un segundo administrador.',
  },
  'sign-in-failed/reset-code': {
    message: 'El nombre o el código no son correctos, o el código ya se usó o ha caducado.',
    action: 'Pide uno nuevo.',
  },
  'not-found/second-address': {
    message: 'Ninguna dirección espera su código.',
    action: 'Escribe antes la dirección.',
  },
} as const satisfies Record<keyof typeof enUser, ErrorTexts[string]>;
