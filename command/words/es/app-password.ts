import type { enAppPassword } from '../en/app-password.ts';

export const esAppPassword: Record<keyof typeof enAppPassword, string> = {
  appPasswordAdded: 'Contraseña de aplicación para «{name}» ({id})',
  appPasswordOnce: 'Solo se muestra esta vez. Escríbela en el programa, con guiones o sin ellos.',
  appPasswordRemoved: 'Eliminada: {id}',
  noAppPasswords: 'No hay contraseñas de aplicación.',
  submission: 'Servidor de salida (SMTP)',
  made: 'Creada',
  lastUsed: 'Último uso',
  lastAddress: 'Desde',
  limitRemoved: 'Como para todos: {id}',
  sendUnlimited: 'sin límite',
  sendPerHour: '{n|destinatario|destinatarios} por hora',
  sendRecipients: '{n|destinatario|destinatarios} por mensaje',
  sendSize: 'mensajes de hasta {size}',
  program: 'Programa',
};
