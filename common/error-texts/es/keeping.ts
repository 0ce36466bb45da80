import type { ErrorText } from '../error-text.ts';
import type { enKeeping } from '../en/keeping.ts';

/** Spanish sentences for looking after the mail store and its database. */
export const esKeeping: Record<keyof typeof enKeeping, ErrorText> = {
  'unavailable/no-store': {
    message: 'No hay ningún almacén de correo en {dir}.',
    action: 'Indica con --data la carpeta con la que se puso en marcha el servidor.',
  },
  'unavailable/database-damaged': {
    message: 'La base de datos {file} está dañada ({detail}).',
    action:
      'Detén Valija, guarda una copia de este archivo y restáuralo de una copia de seguridad: docs/backup.md.',
  },
  'unavailable/database-unreachable': {
    message: 'El servidor de bases de datos en {place} no deja entrar a Valija ({detail}).',
    action: 'Comprueba máquina, usuario y contraseña en VALIJA_DATABASE, y que el servidor esté en marcha.',
  },
  'unavailable/no-blob-rows': {
    message: 'En {dir} falta blobs.sqlite, sin el cual no se encuentra el correo guardado.',
    action: 'Repón ese archivo desde la copia de seguridad. No se ha cambiado nada.',
  },
  'unavailable/nothing-readable': {
    message:
      'No se puede leer ningún mensaje guardado: store.key es otro o falta la carpeta que los contiene.',
    action: 'Repón lo que falte. No se ha cambiado nada, para que no se pierda nada.',
  },
  'unavailable/database-older': {
    message: 'Esta base de datos es de una Valija anterior.',
    action: 'Pon en marcha una vez el servidor con esta versión y vuelve a intentarlo.',
  },
  'internal/store-damaged': {
    message: 'Hay problemas en el almacén de correo: {count}.',
    action: 'Para el servidor y repáralo: valija store repair',
  },
  'internal/store-not-mended': {
    message: 'No se pudo reparar todo: {count}.',
    action: 'Para el resto solo ayuda una copia de seguridad.',
  },
  'unavailable/database-half-copied': {
    message: 'Esta base de datos solo tiene una parte de lo que se está copiando en ella.',
    action: 'Repite valija migrate-database; empieza de nuevo.',
  },
  'unavailable/database-moved': {
    message: 'Las filas de esta base de datos se trasladaron a {where}.',
    action:
      'Pon en VALIJA_DATABASE el lugar donde están ahora. “Moving there and back” en docs/mariadb.md dice cómo volver.',
  },
  'unavailable/store-mismatch': {
    message: 'Esta base de datos no corresponde al correo de {dir}: es nueva, o es la de otro almacén.',
    action:
      'Pon en VALIJA_DATABASE la que se usaba con este correo, o repónla desde la copia de seguridad. No se ha borrado nada.',
  },
  'unavailable/no-data': {
    message: 'No hay nada de Valija en {dir}.',
    action: 'Indica con --data la carpeta con la que se pusieron en marcha los servidores.',
  },
  'usage/same-database': { message: '--from y --to son la misma base de datos.', action: null },
  'conflict/database-not-empty': {
    message: 'La base de datos que indica --to ya tiene datos del {part}.',
    action: 'Elige otro prefijo, o aparta el archivo SQLite anterior. No se ha cambiado nada.',
  },
  'conflict/copy-differs': {
    message: 'Tras copiar, la tabla {table} del {part} no es igual en las dos bases de datos.',
    action: 'La base anterior está como estaba. Revisa los ajustes de la nueva y repite la orden.',
  },
  'quota/mailbox-full': {
    message: 'Tu espacio de correo está lleno: {used} MB de {limit} MB ocupados.',
    action:
      'Quita para siempre correo que ya no necesites, o pide más espacio a quien administra. El correo nuevo espera en el proveedor.',
  },
};
