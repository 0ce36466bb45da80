import type { enDirectory } from './en-directory.ts';
import type { ErrorText } from './error-text.ts';

/** Frases en español para entrar a través de los servicios de la organización. */
export const esDirectory: Record<keyof typeof enDirectory, ErrorText> = {
  'sign-in-failed/oidc-denied': {
    message: 'El proveedor rechazó el inicio de sesión.',
    action: 'Empieza de nuevo o entra con una contraseña.',
  },
  'unavailable/oidc-unavailable': {
    message: '{provider} no responde en este momento.',
    action: 'Vuelve a probar en un minuto o entra con una contraseña.',
  },
  'sign-in-failed/directory-no-user': {
    message: '{name} de {provider} todavía no es un usuario aquí.',
    action:
      'Si tienes un usuario aquí, entra con su contraseña y vincula {provider} en Seguridad. Si no, pregunta a tu administrador.',
  },
  'sign-in-failed/directory-shut-out': {
    message: 'Este usuario no puede entrar.',
    action: 'Pregunta a tu administrador.',
  },
  'sign-in-failed/directory-not-demanded': {
    message: '{provider} no te cuenta entre quienes pueden entrar aquí.',
    action: 'Pregunta a tu administrador.',
  },
  'name-taken/directory-name-taken': {
    message: 'El nombre «{name}» que te da {provider} pertenece aquí a otro usuario.',
    action:
      'Si ese usuario eres tú, entra con su contraseña y vincula {provider} en Seguridad. Si no, pregunta a tu administrador.',
  },
  'conflict/directory-linked-elsewhere': {
    message: 'Ese acceso de {provider} pertenece aquí a otro usuario.',
    action: 'Elige otro en {provider}, o quítalo antes del otro usuario.',
  },
  'not-found/directory-link': { message: 'Este acceso no está vinculado.', action: null },
  'forbidden/directory-own-source': {
    message: 'Tu usuario se creó con este acceso y no puede prescindir de él.',
    action: null,
  },
};
