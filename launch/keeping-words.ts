import type { Language } from '../common/shapes/profile.ts';
import { fill } from '../command/words/words.ts';
import type { FindingKind, KeepingStep } from '../storage-server/operate.ts';

type Words = Record<
  | 'whole'
  | 'wrong'
  | 'checked'
  | 'lost'
  | 'unused'
  | 'more'
  | 'mended'
  | 'nothingToMend'
  | 'given-up'
  | 'fetched-again'
  | 'compacted'
  | 'ofUser'
  | 'ofMail',
  string
> &
  Record<FindingKind | `step/${KeepingStep}`, string>;

const en: Words = {
  whole: 'The mail store is whole.',
  wrong: 'Wrong in the mail store: {n}',
  checked:
    '{mails|mail|mails} of {users|user|users} in {blobs|blob|blobs} ({size}, on disk {stored}) in {seconds} s.',
  lost: 'Mails without their bytes, as an earlier repair has said: {n}',
  unused:
    'No longer needed and given back by itself: {blobs} blobs ({size}), {waste} in packs, {files} files.',
  more: '… and {n} more',
  mended: 'Mended: {n}',
  nothingToMend: 'There was nothing to mend.',
  'given-up': 'Mails that lost their bytes: {n}. They stay listed; a backup may have them.',
  'fetched-again': 'Of these are retrieved again if their server still has them: {n}',
  compacted: 'Given back: {size} ({before} before, {after} now).',
  ofUser: 'user {user}',
  ofMail: 'mail {mail}',
  'database-damaged': 'the database is damaged',
  'blob-damaged': 'stored bytes are damaged',
  'blob-missing': 'stored bytes are missing',
  'size-wrong': 'the noted size is wrong',
  'row-wrong': 'the list says otherwise than the mail itself',
  'attachment-wrong': 'a draft’s attachment cannot be read',
  'mail-missing': 'bytes are there, the mail is not listed',
  'original-missing': 'the mail has lost its link to its bytes',
  'modseq-wrong': 'the counter of changes is behind its mails',
  'counter-wrong': 'counters differ from the mails',
  'thread-wrong': 'lists differ from the mails',
  'ledger-wrong': 'counts as retrieved and is not there',
  'index-wrong': 'the search index differs from the mails',
  'step/database': 'Checking the databases …',
  'step/blobs': 'Reading back: {done} of {total} blobs',
  'step/mails': 'Comparing: {done} of {total} mails',
  'step/ledger': 'Comparing what was retrieved …',
  'step/index': 'Search index: {done} of {total} users',
  'step/mend': 'Mending: {done} of {total}',
  'step/compress': 'Compressing …',
  'step/pack': 'Packing: {done} of {total}',
};

const es: Words = {
  whole: 'El almacén de correo está íntegro.',
  wrong: 'Problemas en el almacén de correo: {n}',
  checked:
    '{mails|mensaje|mensajes} de {users|usuario|usuarios} en {blobs|bloque|bloques} ({size}, en disco {stored}) en {seconds} s.',
  lost: 'Mensajes sin sus bytes, como dijo una reparación anterior: {n}',
  unused:
    'Ya no hace falta y se libera solo: {blobs} bloques ({size}), {waste} en paquetes, {files} archivos.',
  more: '… y {n} más',
  mended: 'Reparado: {n}',
  nothingToMend: 'No había nada que reparar.',
  'given-up': 'Mensajes que perdieron sus bytes: {n}. Siguen en las listas; quizá estén en una copia.',
  'fetched-again': 'De ellos se vuelven a recoger si su servidor aún los tiene: {n}',
  compacted: 'Liberado: {size} (antes {before}, ahora {after}).',
  ofUser: 'usuario {user}',
  ofMail: 'mensaje {mail}',
  'database-damaged': 'la base de datos está dañada',
  'blob-damaged': 'hay bytes guardados dañados',
  'blob-missing': 'faltan bytes guardados',
  'size-wrong': 'el tamaño anotado no es correcto',
  'row-wrong': 'la lista dice otra cosa que el propio mensaje',
  'attachment-wrong': 'no se puede leer un adjunto de un borrador',
  'mail-missing': 'los bytes están, el mensaje no aparece',
  'original-missing': 'el mensaje perdió el enlace a sus bytes',
  'modseq-wrong': 'el contador de cambios va por detrás de sus mensajes',
  'counter-wrong': 'los contadores no coinciden con los mensajes',
  'thread-wrong': 'las listas no coinciden con los mensajes',
  'ledger-wrong': 'consta como recogido y no está',
  'index-wrong': 'el índice de búsqueda no coincide con los mensajes',
  'step/database': 'Comprobando las bases de datos …',
  'step/blobs': 'Releyendo: {done} de {total} bloques',
  'step/mails': 'Comparando: {done} de {total} mensajes',
  'step/ledger': 'Comparando lo recogido …',
  'step/index': 'Índice de búsqueda: {done} de {total} usuarios',
  'step/mend': 'Reparando: {done} de {total}',
  'step/compress': 'Comprimiendo …',
  'step/pack': 'Compactando: {done} de {total}',
};

/** What the `store` commands say to people. */
export const KEEPING_WORDS: Record<Language, Words> = { en, es };

export function describeStep(
  step: KeepingStep,
  values: { done: number; total: number },
  language: Language,
): string {
  return fill(KEEPING_WORDS[language][`step/${step}`], values);
}
