import type { Entry } from '../text.ts';

export const es = {
  admin: 'Administración',
  'back-to-mail': 'Volver al correo',
  'not-admin': 'Esta zona es para administradores.',
  'section-overview': 'Resumen',
  'section-users': 'Usuarios',
  'section-groups': 'Grupos',
  'section-health': 'Estado de las cuentas',
  'section-queue': 'Cola de salida',
  'section-storage': 'Espacio',
  'section-parts': 'Servidores',
  'section-policy': 'Políticas',
  'section-audit': 'Registro de auditoría',
  'section-alerts': 'Alertas',
  'section-statistics': 'Estadísticas',
  'section-rooms': 'Salas',
  'overview-lead': 'Cómo está este Valija, de un vistazo. Aquí no se ve ningún correo ni contraseña.',
  'overview-lead-group':
    'Cómo están las personas de tus grupos, de un vistazo. Aquí no se ve ningún correo ni contraseña.',
  'alerts-open': { one: '{n} alerta abierta', other: '{n} alertas abiertas' },
  'no-alerts': 'No hay nada que requiera tu atención.',
  'tile-users': { one: 'usuario', other: 'usuarios' },
  'tile-ok': { one: 'cuenta funciona', other: 'cuentas funcionan' },
  'tile-late': { one: 'va con retraso', other: 'van con retraso' },
  'tile-failing': { one: 'falla', other: 'fallan' },
  'tile-needs': { one: 'necesita iniciar sesión', other: 'necesitan iniciar sesión' },
} as const satisfies Record<string, Entry>;
