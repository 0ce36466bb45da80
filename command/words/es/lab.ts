import type { enLab } from '../en/lab.ts';

/** Spanish words for computers that many people use. */
export const esLab: Record<keyof typeof enLab, string> = {
  labRoom: 'Sala',
  labNetworks: 'Redes',
  labPcs: 'Equipos',
  labOpen: 'Abiertas',
  labLogIns: 'Entradas',
  labNowhere: '(sin nombre)',
  labForced: 'modo aula obligado',
  labNoRooms: 'No hay ninguna sala y nadie ha usado el modo aula.',
  labNoLogIns: 'Nadie ha entrado allí.',
  labRoomSet: 'Guardada: {room}',
  labRoomRemoved: 'Quitada: {room}. Lo registrado se conserva.',
  labIsOpen: 'abierta',
  'labEnd-signed-out': 'salió',
  'labEnd-idle': 'salió tras un descanso',
  'labEnd-left': 'cerrada',
  'labEnd-ended': 'terminada desde otro sitio',
  'labEnd-expired': 'caducó',
};
