import type { enUsage } from '../en/usage.ts';
import type { ErrorText } from '../error-text.ts';

/** Spanish sentences for commands and settings that are not as they should be. */
export const esUsage: Record<keyof typeof enUsage, ErrorText> = {
  usage: { message: 'La orden no se usa así.', action: 'Añade --help para ver cómo.' },
  'usage/unknown-command': {
    message: 'No existe la orden «{command}».',
    action: 'valija --help las enumera.',
  },
  'usage/unknown-option': {
    message: '{option} no es una opción de esta orden.',
    action: 'Añade --help para ver las opciones.',
  },
  'usage/option-needs-value': { message: 'A {option} le falta un valor.', action: null },
  'usage/option-takes-no-value': { message: '{option} no lleva valor.', action: null },
  'usage/missing-option': { message: 'Falta {option}.', action: null },
  'usage/option-once': { message: 'Aquí {option} solo se puede indicar una vez.', action: null },
  'usage/missing-argument': { message: 'Falta {argument}.', action: null },
  'usage/too-many-arguments': { message: 'Sobra la palabra «{argument}».', action: null },
  'usage/bad-value': { message: '{option} no puede ser «{value}».', action: 'Se admite: {allowed}.' },
  'invalid/file-unusable': {
    message: 'No se puede usar {file}: {detail}.',
    action: 'Indica otro o cambia quién puede usarlo.',
  },
  'usage/bad-time': {
    message: '{option} no puede ser «{value}».',
    action: 'Escribe una hora como {example}.',
  },
  'usage/no-cards': {
    message: 'El archivo {file} no contiene ninguna vCard.',
    action: 'Exporta los contactos del otro programa como vCard (.vcf).',
  },
  'usage/not-together': { message: '{option} y {other} no se pueden usar a la vez.', action: null },
  'usage/no-terminal': {
    message: 'Hacen falta usuario y contraseña, y no hay terminal donde pedirlos.',
    action: 'Define VALIJA_USER y VALIJA_PASSWORD, o entra una vez con: valija login',
  },
  'usage/setting': { message: '{setting} no es correcto.', action: 'Se espera: {expected}.' },
  'usage/setting-alone': {
    message: '{setting} está definido, pero {missing} no.',
    action: 'Uno necesita el otro: .env.example dice para qué sirven.',
  },
  'usage/setting-beside': { message: 'Solo puede definirse {setting} o {other}.', action: null },
  'usage/setting-pair': {
    message: '{setting} y {other} no corresponden.',
    action: 'Ambos son archivos PEM, y la clave es aquella para la que se hizo el certificado.',
  },
  'usage/setting-key': {
    message: '{setting} no es correcto.',
    action: 'Contiene la clave: 32 bytes en base64, como los que da «openssl rand -base64 32».',
  },
  'usage/setting-file': { message: '{setting}: no se puede leer el archivo {file}.', action: null },
  'usage/unknown-setting': {
    message: '{file} contiene {setting}, que no es un ajuste.',
    action: 'Todos están en .env.example.',
  },
  'usage/listen-needs-tls': {
    message: 'Escuchar en {host} sin cifrado mostraría las contraseñas a la red.',
    action: 'Define VALIJA_TLS_CERT y VALIJA_TLS_KEY, o usa --behind-proxy tras un proxy que cifre.',
  },
  'usage/passwords-differ': { message: 'Las dos contraseñas no coinciden.', action: null },
  'usage/unreadable-file': { message: 'No se puede leer el archivo {file} ({detail}).', action: null },
  'usage/file-missing': { message: 'El archivo {file} no existe.', action: null },
  'usage/file-forbidden': { message: 'No tienes permiso para leer el archivo {file}.', action: null },
  'usage/file-is-directory': { message: '{file} es una carpeta, no un archivo.', action: null },
  'usage/missing-command': {
    message: 'Después de «{group}» falta una de sus órdenes: {commands}.',
    action: null,
  },
  'usage/one-of-two': { message: 'Hace falta {option} o {other}.', action: null },
  'usage/relay-target': {
    message: 'Hace falta --all, --destination o --account, y solo una de estas opciones.',
    action: null,
  },
  'usage/nothing-to-change': { message: 'No hay nada que cambiar: ninguna opción dice qué.', action: null },
  'usage/unknown-part': {
    message: 'No existe la parte «{part}».',
    action: 'Las partes son profile-server, storage-server y smtp-relay.',
  },
  'usage/profile-needed': {
    message: 'Esta parte tiene que saber dónde está el profile-server.',
    action: 'Indica con --public-url la dirección del profile-server.',
  },
  'usage/part-not-enrolled': {
    message: 'Esta parte todavía no se ha unido a un profile-server.',
    action: 'Crea un código con valija part add e inicia una vez con --enrol CÓDIGO.',
  },
};
