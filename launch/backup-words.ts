import type { Language } from '../common/shapes/profile.ts';

const en = {
  backedUp: '{name}: {mails|mail|mails} ({size})',
  progress: '{name}: {mails|mail|mails} …',
  damaged: '{name}: the store has lost bytes of mail {mail}; it is not in the backup.',
  verified: 'The backup is whole: {snapshots|state|states}, {objects|object|objects}.',
  wrong: 'Wrong in the backup: {n}',
  affected: '{name}, state of {at}: mails that lost bytes: {mails}',
  noSnapshots: 'The backup is empty.',
  restored:
    'Brought back to {name}: {mails|mail|mails}, {items|profile item|profile items}. Here already: {there|mail|mails}.',
  lost: 'Mails whose bytes are damaged in the backup: {n}. An earlier state may have them (--at).',
  secrets: 'Accounts that have their password again: {n}',
};

const es: Record<keyof typeof en, string> = {
  backedUp: '{name}: {mails|correo|correos} ({size})',
  progress: '{name}: {mails|correo|correos} …',
  damaged: '{name}: el almacén ha perdido bytes del correo {mail}; no está en la copia.',
  verified: 'La copia está íntegra: {snapshots|estado|estados}, {objects|objeto|objetos}.',
  wrong: 'Problemas en la copia: {n}',
  affected: '{name}, estado del {at}: correos que han perdido bytes: {mails}',
  noSnapshots: 'La copia está vacía.',
  restored:
    'Devuelto a {name}: {mails|correo|correos}, {items|elemento del perfil|elementos del perfil}. Ya estaban: {there|correo|correos}.',
  lost: 'Correos cuyos bytes están dañados en la copia: {n}. Quizá los tenga un estado anterior (--at).',
  secrets: 'Cuentas que vuelven a tener su contraseña: {n}',
};

/** What backups say to people. */
export const BACKUP_WORDS: Record<Language, Record<keyof typeof en, string>> = { en, es };
