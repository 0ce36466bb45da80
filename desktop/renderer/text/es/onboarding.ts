import type { Entry } from '../text.ts';
import type { en } from '../en/onboarding.ts';

export const es: Record<keyof typeof en, Entry> = {
  welcome: 'Te damos la bienvenida, {name}',
  'welcome-lead':
    'Añade tu primer buzón. Valija recoge su correo día y noche y lo muestra en cualquier ordenador en el que entres.',
  files: '¿Tienes correo en archivos, de otro programa?',
  'files-import': 'Importarlo',
};
