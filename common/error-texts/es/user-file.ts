import type { ErrorTexts } from '../error-text.ts';
import type { enUserFile } from '../en/user-file.ts';

/** Spanish sentences about files of users. */
export const esUserFile = {
  'invalid/csv-problems': {
    message: 'No se ha hecho nada: antes hay que corregir {n} líneas.',
    action: null,
  },
  'invalid/csv-empty': { message: 'El archivo está vacío.', action: 'Su primera línea nombra las columnas.' },
  'invalid/csv-encoding': { message: 'El archivo no es UTF-8.', action: 'Guárdalo como «CSV UTF-8».' },
  'invalid/csv-too-many': { message: 'Hay más de {max} líneas.', action: 'Divide el archivo.' },
  'invalid/csv-quote': { message: 'Una comilla no se cierra, o la sigue texto.', action: null },
  'invalid/csv-column': {
    message: '«{column}» no es una columna conocida.',
    action: 'Las columnas son usuario, nombre_completo, grupo, correo, idioma y contraseña_inicial.',
  },
  'invalid/csv-column-twice': { message: 'La columna «{column}» está dos veces.', action: null },
  'invalid/csv-no-name': { message: 'No hay columna «usuario».', action: null },
  'invalid/csv-fields': { message: '{found} campos en vez de {expected}.', action: null },
  'invalid/csv-name-twice': { message: '{name} ya está en la línea {first}.', action: null },
  'invalid/csv-display-name': { message: 'El nombre completo pasa de {max} caracteres.', action: null },
  'invalid/csv-email': { message: '«{email}» no es una dirección de correo.', action: null },
  'invalid/csv-language': { message: '«{language}» no es un idioma de aquí: {allowed}.', action: null },
  'invalid/csv-own-groups': {
    message: '{name} tiene que estar en un grupo que tengas a tu cargo.',
    action: null,
  },
  'invalid/csv-stricter-group': {
    message: 'Para restablecer a {name} hacen falta dos administradores, y en {group} no.',
    action: 'Pídelo a un administrador de la organización.',
  },
  'invalid/csv-taken': { message: 'El nombre {name} está ocupado.', action: null },
  'invalid/csv-removed': {
    message: '{name} está eliminado.',
    action: 'Recupera al usuario, o elimínalo del todo, antes de volver a usar el nombre.',
  },
  'invalid/csv-admin': { message: '{name} es administrador: no te toca cambiarlo.', action: null },
} as const satisfies Record<keyof typeof enUserFile, ErrorTexts[string]>;
