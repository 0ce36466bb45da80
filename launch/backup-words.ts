import type { Language } from '../common/shapes/profile.ts';

const en = {
  backedUp: '{name}: {mails} mails ({size})',
  progress: '{name}: {mails} mails …',
  damaged: '{name}: the store has lost bytes of mail {mail}; it is not in the backup.',
  verified: 'The backup is whole: {snapshots} states, {objects} objects.',
  wrong: 'Wrong in the backup: {n}',
  noSnapshots: 'The backup is empty.',
  restored: 'Brought back to {name}: {mails} mails, {items} profile items. Here already: {there} mails.',
  lost: 'Mails whose bytes are damaged in the backup: {n}. An earlier state may have them (--at).',
  secrets: 'Accounts that have their password again: {n}',
};

const es: Record<keyof typeof en, string> = {
  backedUp: '{name}: {mails} correos ({size})',
  progress: '{name}: {mails} correos …',
  damaged: '{name}: el almacén ha perdido bytes del correo {mail}; no está en la copia.',
  verified: 'La copia está íntegra: {snapshots} estados, {objects} objetos.',
  wrong: 'Problemas en la copia: {n}',
  noSnapshots: 'La copia está vacía.',
  restored: 'Devuelto a {name}: {mails} correos, {items} elementos del perfil. Ya estaban: {there} correos.',
  lost: 'Correos cuyos bytes están dañados en la copia: {n}. Quizá los tenga un estado anterior (--at).',
  secrets: 'Cuentas que vuelven a tener su contraseña: {n}',
};

/** What backups say to people. */
export const BACKUP_WORDS: Record<Language, Record<keyof typeof en, string>> = { en, es };
