import type { enLabOptions, enLabSummaries } from '../en/lab.ts';

/** Spanish help for the group `lab`. */
export const esLabSummaries: Record<keyof typeof enLabSummaries, string> = {
  'lab room list': 'enumera las salas de equipos compartidos y su uso (administradores)',
  'lab room set': 'crea o cambia una sala; lo que no se nombra se queda (administradores)',
  'lab room remove': 'quita una sala; lo registrado se conserva (administradores)',
  'lab log': 'muestra quién entró en qué equipo compartido (administradores)',
};

export const esLabOptions: Record<keyof typeof enLabOptions, string> = {
  network: 'direcciones de sus equipos (10.20.0.0/16); se puede repetir',
  forced: 'las sesiones de allí son de aula, se elija lo que se elija',
  'not-forced': 'son lo que se elija',
  room: 'solo esta sala',
  pc: 'solo este equipo, por su nombre o dirección',
  'lab log limit': 'cuántos, hasta 200 (50)',
};
