import { changeHeader } from './change-header.ts';

/** The message without its Bcc fields, folded lines included: they are for the user's own copy (RFC 5322 3.6.3). */
export function stripBcc(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  return changeHeader(source, dropBccFields);
}

function dropBccFields(header: Buffer): Buffer {
  const lines = header.toString('latin1').split(/(?<=\r\n)/);
  let dropping = false;
  const kept = lines.filter((line) => {
    if (!/^[ \t]/.test(line)) dropping = /^(?:resent-)?bcc[ \t]*:/i.test(line);
    return !dropping;
  });
  return Buffer.from(kept.join(''), 'latin1');
}
