import type { Entry } from '../text.ts';
import type { en } from '../en/shell.ts';

export const es: Record<keyof typeof en, Entry> = {
  loading: 'Cargando',
  offline: 'Sin conexión. Se vuelve a intentar solo.',
  'offline-in': 'Sin conexión. Nuevo intento en {n} s.',
  failed: 'No se pudo hacer ({code}).',
  retry: 'Reintentar',
  reload: 'Volver a cargar',
  broken: 'Algo falló en esta ventana. Tu correo está a salvo en el servidor.',
  'support-code': 'Código para soporte: {code}',
  close: 'Cerrar',
  cancel: 'Cancelar',
  skip: 'Saltar al contenido',
  navigation: 'Mostrar carpetas',
  home: 'Valija: Recibidos',
  search: 'Buscar correo',
  'search-help': 'Cómo buscar',
  'search-clear': 'Borrar la búsqueda',
  suggestions: 'Sugerencias',
  'check-now': 'Buscar correo nuevo',
  'new-mail': 'Redactar',
  'account-menu': 'Menú de {name}',
  contacts: 'Contactos',
  settings: 'Ajustes',
  keys: 'Atajos de teclado',
  'sign-out': 'Cerrar sesión',
  checking: 'Comprobando {done} de {all}…',
  checked: { one: '{n} correo nuevo', other: '{n} correos nuevos', zero: 'No hay correo nuevo' },
  'checked-sign-in': {
    one: '{n} cuenta necesita que vuelvas a entrar. El resto del correo funciona.',
    other: '{n} cuentas necesitan que vuelvas a entrar. El resto del correo funciona.',
  },
  'checked-some': {
    one: '{n} cuenta no responde. El resto del correo funciona.',
    other: '{n} cuentas no responden. El resto del correo funciona.',
  },
  arrived: { one: '{n} correo nuevo', other: '{n} correos nuevos' },
  retrieving: '{account}: {done} de {all}',
  welcome: 'Te damos la bienvenida, {name}',
  'welcome-lead':
    'Añade tu primer buzón. Valija recoge su correo día y noche y lo muestra en cualquier ordenador en el que entres.',
};
