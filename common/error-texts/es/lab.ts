import type { ErrorText } from '../error-text.ts';
import type { enLab } from '../en/lab.ts';

/** Spanish sentences for computers that many people use, and for files that the server shows. */
export const esLab: Record<keyof typeof enLab, ErrorText> = {
  'forbidden/lab-saves': {
    message: 'En este equipo no se guarda nada.',
    action: 'Mira el archivo aquí, o guárdalo en un equipo tuyo.',
  },
  'invalid/view-broken': {
    message: 'El archivo está dañado o no es lo que dice ser.',
    action: 'No se puede mostrar. Pide que te lo envíen otra vez.',
  },
  'invalid/view-locked': {
    message: 'El archivo está protegido con una contraseña.',
    action: 'No se puede mostrar aquí. Pide uno sin contraseña.',
  },
  'invalid/view-large': { message: 'El archivo es demasiado grande para mostrarlo aquí.', action: null },
  'invalid/view-page': { message: 'El archivo no tiene esa página.', action: null },
  'invalid/view-type': { message: 'Este tipo de archivo no se puede mostrar.', action: null },
  'timeout/view-slow': {
    message: 'Mostrar este archivo tarda demasiado.',
    action: 'Puede estar dañado o hecho para causar daño.',
  },
  'invalid/lab-network': {
    message: '«{network}» no es una red.',
    action: 'Escríbela como 10.20.0.0/16 o 2001:db8::/32.',
  },
  'not-found/lab-room': { message: 'No existe la sala «{room}».', action: null },
  'forbidden/lab-only': {
    message:
      'Aquí las sesiones se guardan solo en memoria; la línea de órdenes guarda la suya en un archivo.',
    action: 'Usa VALIJA_USER y VALIJA_PASSWORD para órdenes sueltas, o el cliente.',
  },
};
