import type { Entry } from '../text.ts';
import type { en } from '../en/preflight.ts';

export const es: Record<keyof typeof en, Entry> = {
  refused: 'Este mensaje no puede salir así.',
  'sending-settings': 'Ajustes de envío de esta cuenta',
  'add-account': 'Añadir cuenta',
  copied: 'Copiado',
  'copy-record': 'Copiar el registro',
  'failed-on': 'La última vez, {time}: {why}',
  'server-said': 'Lo que dijo el servidor',
  'all-the-same': 'Enviar de todos modos',
  'send-code': 'Envíame un código',
  'send-code-again': 'Enviar otro código',
  'code-sent':
    'Un mensaje con un código va de camino a {address}. Si este buzón se recoge aquí, basta con que llegue.',
  'code-sent-before':
    'Se envió un mensaje con un código a {address}: {time}. Escríbelo aquí; si este buzón se recoge aquí, basta con que llegue.',
  code: 'Código',
  confirm: 'Confirmar',
  'way-through': 'Sale por {host}',
  'way-through-as': 'Sale por {host} como {login}',
  'way-direct': 'Sale por Valija, directo a {host}',
  'way-direct-signed': 'Sale por Valija, directo a {host}, firmado por {domain}',
};
