import type { Entry } from '../text.ts';
import type { en } from '../en/programs.ts';

export const es: Record<keyof typeof en, Entry> = {
  title: 'Otros programas',
  lead: 'Un programa de correo, un escáner o un script pueden enviar por Valija. Cada uno tiene su propia contraseña: la tuya no se escribe en otro sitio, y quitar una no afecta a las demás.',
  name: '¿Para qué es?',
  'name-hint': 'Por ejemplo, «Thunderbird en el portátil». Lo verás en esta lista.',
  'name-missing': 'Ponle un nombre.',
  add: 'Crear contraseña',
  'made-title': 'Contraseña para {name}',
  copy: 'Copiar la contraseña',
  copied: 'Copiada',
  once: 'Se muestra solo esta vez. Escríbela ahora en el programa; para otro programa, crea otra.',
  'type-in': 'Escribe esto en el programa como servidor de salida (SMTP):',
  server: 'Servidor',
  port: 'Puerto',
  security: 'Cifrado',
  'no-tls': 'ninguno, solo desde este equipo',
  login: 'Usuario',
  'no-relay':
    'No hay ningún servidor de envío en marcha, así que aún no se puede enviar. Avisa al administrador.',
  noted: 'Ya la tengo',
  none: 'Ningún otro programa envía por Valija.',
  list: 'Programas con contraseña',
  'never-used': 'Creada {ago}, sin usar',
  'last-used': 'Usada por última vez {ago} desde {address}',
  remove: 'Quitar',
  removed: 'Se quitó la contraseña de {name}.',
  'remove-name': 'Quitar {name}',
  'remove-title': '¿Quitar la contraseña de {name}?',
  'remove-text': 'El programa ya no podrá enviar. Lo que haya enviado sigue en Enviados.',
};
