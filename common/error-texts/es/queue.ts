/** Spanish sentences for the relay's queue and what people do to it. */
export const esQueue = {
  'not-found/queued-mail': {
    message: 'No hay ningún correo {id} en la cola de envío.',
    action: 'Mira lo que espera en ella: valija queue list',
  },
  'not-found/storage-server': {
    message: 'No hay ningún storage-server {id}.',
    action: 'Mira cuáles hay: valija part list',
  },
  'not-signed-in/part': {
    message: 'El otro servidor no conoce este, o lo ha excluido.',
    action: 'Mira valija part list. Un código de valija part add lo admite: inícialo con --enrol CÓDIGO.',
  },
  'not-signed-in/clocks': {
    message: 'Los relojes de este servidor y del otro difieren en unos {n} s.',
    action: 'Haz que ambos se pongan en hora por NTP (timedatectl dice si es así).',
  },
  'not-found/pause': {
    message: 'Eso no está en pausa.',
    action: 'Mira lo que lo está: valija relay status',
  },
  'conflict/several-accounts': {
    message: 'Varios usuarios tienen una cuenta {account}.',
    action: 'Indica una por su ID: {ids}.',
  },
  'invalid/pause-target': {
    message: 'Hace falta una de estas cosas: todo, el dominio de un destino o el ID de una cuenta.',
    action: null,
  },
  'invalid/pause-one-way': {
    message: 'Aquí todo el correo sale por un solo servidor: no se puede poner en pausa un único dominio.',
    action: 'Pon en pausa el destino «relay» o retén los propios correos.',
  },
  'forbidden/held-by-admin': {
    message: 'Un administrador retiene este correo.',
    action: 'Pregunta a tu administrador.',
  },
  'forbidden/cancelled-by-admin': {
    message: 'Un administrador canceló este correo.',
    action: 'Pregunta a tu administrador.',
  },
} as const;
