import type { ErrorText } from '../error-text.ts';
import type { enSearch } from '../en/search.ts';

/** Spanish sentences for looking for mail. */
export const esSearch: Record<keyof typeof enSearch, ErrorText> = {
  'invalid/search-empty': { message: 'No hay nada que buscar.', action: 'Escribe una palabra.' },
  'invalid/search-value': {
    message: '«{operator}{value}» no significa nada.',
    action: 'Por ejemplo: antes:2026-03-31, mayor:5M, tiene:adjunto, es:noleído.',
  },
  'invalid/search-begin': {
    message: 'Hay demasiadas palabras que empiezan por «{value}».',
    action: 'Escribe al menos dos letras antes del asterisco.',
  },
  'invalid/search-too-long': {
    message: 'Esta búsqueda es demasiado larga.',
    action: 'Busca menos palabras a la vez.',
  },
  'unavailable/search-index': {
    message: 'El índice de búsqueda estaba dañado y se está rehaciendo.',
    action: 'No se ha perdido ningún correo. Vuelve a intentarlo en un minuto.',
  },
  'unavailable/search-behind': {
    message: 'Todavía no se puede buscar en todo el correo.',
    action: 'Vuelve a intentarlo en un minuto: no se ha cambiado nada.',
  },
  'timeout/thread': {
    message: 'El servidor ha necesitado demasiado tiempo para esto.',
    action: 'Busca algo más concreto o vuelve a intentarlo.',
  },
};
