import type { enDelivery } from '../en/delivery.ts';
import type { ErrorText } from '../error-text.ts';

/** Spanish sentences for pictures from elsewhere, mailing lists and cards. */
export const esDelivery: Record<keyof typeof enDelivery, ErrorText> = {
  'not-found/unsubscribe': { message: 'Este mensaje no dice cómo darse de baja.', action: null },
  'protocol/unsubscribe': {
    message: '{host} no aceptó la solicitud de baja.',
    action: 'Inténtalo más tarde o usa el enlace del mensaje.',
  },
  'protocol/redirects': { message: 'El servidor de la imagen redirige sin fin.', action: null },
  'invalid/picture': { message: 'No es una imagen que se pueda mostrar con seguridad.', action: null },
  'invalid/picture-counter': {
    message: 'Esta imagen no muestra nada: solo cuenta quién la abre.',
    action: null,
  },
  'timeout/picture': { message: 'La imagen no se pudo preparar a tiempo.', action: null },
  'unavailable/picture': { message: 'La imagen no se pudo preparar.', action: 'Inténtalo de nuevo.' },
  'too-soon/pictures': {
    message: 'Se piden demasiadas imágenes a la vez.',
    action: 'Inténtalo dentro de un momento.',
  },
  'invalid/contact-address': {
    message: '{address} no es una dirección de correo.',
    action: 'Comprueba cómo está escrita.',
  },
  'too-large/contact-card': {
    message: 'La tarjeta de contacto es demasiado larga para guardarla.',
    action: 'Deja fuera lo que no haga falta.',
  },
  'not-found/contact': {
    message: 'No hay ningún contacto «{contact}», o hay varios.',
    action: 'Indica su ID: valija contact list',
  },
};
