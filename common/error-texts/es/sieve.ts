import type { ErrorText } from '../error-text.ts';
import type { enSieve } from '../en/sieve.ts';

/** Spanish sentences for rules written in Sieve. */
export const esSieve: Record<keyof typeof enSieve, ErrorText> = {
  'invalid/sieve-too-long': {
    message: 'La regla es demasiado larga: como mucho {limit} KiB.',
    action: 'Divídela en varias reglas.',
  },
  'invalid/sieve-bad-character': {
    message: 'Línea {line}: «{character}» no puede estar aquí.',
    action: null,
  },
  'invalid/sieve-unclosed-comment': {
    message: 'Línea {line}: este comentario no termina.',
    action: 'Termínalo con */',
  },
  'invalid/sieve-unclosed-string': {
    message: 'Línea {line}: este texto no termina.',
    action: 'Un texto termina con ", y el que empieza con text: termina con un punto solo en su línea.',
  },
  'invalid/sieve-bad-number': {
    message: 'Línea {line}: «{number}» no es un número que Sieve conozca.',
    action: 'Escribe cifras y después, si hace falta, K, M o G.',
  },
  'invalid/sieve-bad-tag': {
    message: 'Línea {line}: después de los dos puntos falta una palabra.',
    action: null,
  },
  'invalid/sieve-expected': {
    message: 'Línea {line}, columna {column}: se esperaba {expected} y no {found}.',
    action: null,
  },
  'invalid/sieve-too-deep': {
    message: 'Línea {line}: hay demasiados bloques o pruebas unos dentro de otros.',
    action: 'Divídela en varias reglas.',
  },
  'invalid/sieve-unknown-command': { message: 'Línea {line}: no existe la orden «{name}».', action: null },
  'invalid/sieve-unknown-test': { message: 'Línea {line}: no existe la prueba «{name}».', action: null },
  'invalid/sieve-unknown-extension': {
    message: 'Línea {line}: Valija no tiene la extensión «{extension}».',
    action: 'Quítala de «require», y también lo que la necesita.',
  },
  'invalid/sieve-no-regex': {
    message:
      'Línea {line}: en las reglas no se pueden usar expresiones regulares, porque algunas pararían el servidor.',
    action: 'Usa :contains, o :matches con * y ?.',
  },
  'invalid/sieve-no-reject': {
    message: 'Línea {line}: el correo no se puede rechazar, porque tu proveedor ya lo ha aceptado.',
    action: 'Usa «discard», que lo mueve a la Papelera.',
  },
  'invalid/sieve-not-required': {
    message: 'Línea {line}: «{name}» necesita la extensión «{extension}».',
    action: 'Escribe al principio: require "{extension}";',
  },
  'invalid/sieve-require-first': {
    message: 'Línea {line}: «require» tiene que estar al principio.',
    action: null,
  },
  'invalid/sieve-misplaced-else': {
    message: 'Línea {line}: justo antes de este «{name}» no hay ningún «if».',
    action: null,
  },
  'invalid/sieve-unknown-tag': {
    message: 'Línea {line}: «{name}» no tiene {tag}, o falta pedir su extensión con «require».',
    action: null,
  },
  'invalid/sieve-tag-twice': { message: 'Línea {line}: {tag} está dos veces.', action: null },
  'invalid/sieve-tags-exclude': { message: 'Línea {line}: {tag} y {other} no van juntos.', action: null },
  'invalid/sieve-tag-needs-value': { message: 'Línea {line}: falta {tag} o su valor.', action: null },
  'invalid/sieve-wrong-arguments': {
    message: 'Línea {line}: «{name}» no se escribe así.',
    action: 'Se escribe así: {expected}',
  },
  'invalid/sieve-no-block': {
    message: 'Línea {line}: después de «{name}» va un punto y coma, no un bloque.',
    action: null,
  },
  'invalid/sieve-needs-block': {
    message: 'Línea {line}: después de «{name}» va un bloque.',
    action: 'Pon entre { y } lo que hay que hacer.',
  },
  'invalid/sieve-bad-value': {
    message: 'Línea {line}: «{value}» no es posible aquí.',
    action: 'Posible: {allowed}',
  },
  'invalid/sieve-bad-header-name': {
    message: 'Línea {line}: «{name}» no se puede mirar de esta manera.',
    action:
      'Da el nombre de un campo de cabecera, sin dos puntos; «address» solo mira campos con direcciones.',
  },
  'invalid/sieve-bad-address': {
    message: 'Línea {line}: «{address}» no es una dirección de correo.',
    action: null,
  },
  'invalid/sieve-bad-variable': {
    message: 'Línea {line}: «{name}» no puede ser el nombre de una variable.',
    action: 'Son posibles letras, cifras y _, con una letra delante.',
  },
  'invalid/sieve-bad-comparator': {
    message: 'Línea {line}: no existe el comparador «{comparator}».',
    action: 'Posibles: i;octet, i;ascii-casemap, i;ascii-numeric.',
  },
  'invalid/sieve-unknown-mailbox': {
    message: 'Línea {line}: la carpeta «{mailbox}» no existe.',
    action: 'Créala o elige otra.',
  },
  'invalid/sieve-too-many-actions': {
    message: 'Una regla ha hecho más de {limit} cosas con un mismo correo.',
    action: 'Mira la línea {line}.',
  },
  'invalid/sieve-too-many-redirects': {
    message: 'Una regla ha reenviado un mismo correo a más de {limit} direcciones.',
    action: 'Mira la línea {line}.',
  },
  'invalid/sieve-too-many-steps': {
    message: 'Una regla ha tardado demasiado con un correo y se ha parado.',
    action: 'Mira la línea {line}.',
  },
  'invalid/sieve-action-twice': {
    message: 'Las reglas han pedido «{name}» dos veces para un mismo correo.',
    action: 'Mira la línea {line}.',
  },
  'not-found/no-rule': {
    message: 'No existe la regla «{rule}», o varias se llaman así.',
    action: 'valija rule list las muestra.',
  },
  'invalid/no-rules': { message: 'No se ha podido importar ninguna regla del archivo.', action: null },
  'usage/unwritable-file': { message: 'No se puede escribir el archivo {file} ({detail}).', action: null },
};
