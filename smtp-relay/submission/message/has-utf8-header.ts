import { isAscii, isUtf8 } from 'node:buffer';

/** Whether a host with SMTPUTF8 has to be told (RFC 6531 3.4): the header, but for MIME parts within, holds UTF-8. */
export function hasUtf8Header(message: Buffer): boolean {
  if (message[0] === 0x0d) return false;
  const end = message.indexOf('\r\n\r\n');
  const head = end === -1 ? message : message.subarray(0, end);
  return !isAscii(head) && isUtf8(head);
}
