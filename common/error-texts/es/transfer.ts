import type { ErrorText } from '../error-text.ts';
import type { enTransfer } from '../en/transfer.ts';

/** Spanish sentences for what takes mail and profiles in and out. */
export const esTransfer: Record<keyof typeof enTransfer, ErrorText> = {
  'too-large/import-message': { message: 'Este mensaje ocupa más de {limit}.', action: null },
  'not-found/import-deleted': { message: 'Se borró en el programa del que viene.', action: null },
  'invalid/import-unknown': {
    message: 'Esto no es un correo ni un mbox.',
    action:
      'Importa un mbox, un Maildir, archivos .eml, una carpeta de ellos o un archivo completo de Valija.',
  },
  'invalid/import-link': {
    message: 'Es solo un enlace a otro archivo.',
    action: 'Haz el archivo sin enlaces: tar --hard-dereference --dereference',
  },
  'invalid/import-empty': { message: 'El archivo está vacío.', action: null },
  'invalid/import-zip': {
    message: 'Los archivos ZIP no se pueden importar.',
    action: 'Descomprímelo e importa la carpeta.',
  },
  'invalid/archive-cut': {
    message: 'El archivo completo se acaba antes de tiempo.',
    action:
      'Lo anterior ya está aquí. Consigue el archivo de nuevo y repite la importación: nada llega dos veces.',
  },
  'invalid/archive-damaged': { message: 'Esta parte del archivo completo está dañada.', action: null },
  'invalid/archive-version': {
    message: 'El archivo completo viene de una Valija más nueva.',
    action: 'Actualiza primero esta.',
  },
  'invalid/profile-file': {
    message: 'Esto no es un perfil de Valija.',
    action: 'Usa un archivo que haya escrito valija profile export.',
  },
  'invalid/sealed-file': {
    message: 'El archivo sellado está dañado.',
    action: 'Usa otra copia del archivo.',
  },
  'invalid/passphrase': {
    message: 'La frase de paso no es la correcta.',
    action: 'Comprueba el archivo de la frase de paso.',
  },
  'not-found/no-history': { message: 'No se sabe nada de aquel momento.', action: 'Elige uno posterior.' },
  'protocol/export-damaged': {
    message: 'Un mensaje llegó con bytes distintos de los enviados.',
    action: 'Repite la exportación.',
  },
  'dropped/file-changed': { message: '{file} cambió mientras se leía.', action: 'Repite la importación.' },
  'usage/short-passphrase': {
    message: 'La frase de paso de {file} tiene menos de {n} caracteres.',
    action: 'Escribe una más larga en su primera línea.',
  },
  'internal/backup-damaged': { message: 'La copia está dañada.', action: 'Haz una nueva, en otra carpeta.' },
  'not-found/no-repository': { message: '{dir} no es una copia.', action: 'Comprueba la carpeta.' },
  'conflict/not-repository': {
    message: '{dir} no está vacía ni es una copia.',
    action: 'Elige otra carpeta.',
  },
  'invalid/passphrase-useless': {
    message: 'Esta copia se empezó sin frase de paso: quien la tenga puede leerla.',
    action: 'Quita --passphrase-file o empieza una copia nueva en otra carpeta.',
  },
  'invalid/passphrase-needed': {
    message: 'Esta copia tiene una frase de paso.',
    action: 'Añade --passphrase-file.',
  },
  'in-use/backup': {
    message: 'Otra copia se está escribiendo ahí.',
    action: 'Inténtalo de nuevo cuando acabe.',
  },
  'not-found/restore-user': {
    message: 'No existe el usuario {name}.',
    action: 'Registra primero al usuario.',
  },
  'not-found/no-snapshot': {
    message: 'La copia no contiene nada de {name} de entonces.',
    action: 'Añade --list para ver qué contiene.',
  },
  'unavailable/restore-needs-server': {
    message: 'El {part} de {dir} no está en marcha.',
    action: 'Ponlo en marcha: el correo se devuelve a servidores en marcha.',
  },
  'unavailable/no-profile': {
    message: '{dir} no contiene perfiles.',
    action: 'Ejecútalo donde están los datos del profile-server.',
  },
};
