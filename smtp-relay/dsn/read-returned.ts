import type { Database } from '../../server-kit/database/database.ts';
import { readBody, readHeaders } from '../queue/body-store.ts';
import type { Delivery } from '../queue/queued-mail.ts';
import type { Returned } from './dsn-input.ts';

/** A DSN has to stay small enough for the outbox: of headers so much goes back at most, of whole mails so much. */
const MOST_HEADERS = 64 * 1024;
const MOST_OF_WHOLE = 1024 * 1024;

/** The header block of the mail of a delivery, and with `whole` all of it, as long as it is not too large (RFC 3461 4.3). */
export async function readReturned(
  database: Database,
  delivery: Delivery,
  whole: boolean,
): Promise<{ headers: Buffer; returned: Returned }> {
  const { mail, body } = delivery;
  const headers = body === undefined ? await readHeaders(database, mail.id, MOST_HEADERS) : cutHeaders(body);
  if (!whole || mail.size > MOST_OF_WHOLE) return { headers, returned: { kind: 'headers', bytes: headers } };
  if (body !== undefined) return { headers, returned: { kind: 'whole', bytes: body } };
  const chunks: Buffer[] = [];
  for await (const chunk of readBody(database, mail.id)) chunks.push(chunk);
  return { headers, returned: { kind: 'whole', bytes: Buffer.concat(chunks) } };
}

function cutHeaders(body: Buffer): Buffer {
  const end = body.indexOf('\r\n\r\n');
  if (end !== -1 && end + 2 <= MOST_HEADERS) return body.subarray(0, end + 2);
  return body.subarray(0, body.lastIndexOf('\r\n', MOST_HEADERS) + 2);
}

/** The subject as it stands there, unfolded; null when it is missing, very long, or holds more than ASCII. */
export function findSubject(headers: Buffer): string | null {
  const match = /^subject:[ \t]*((?:[^\r\n]|\r\n[ \t])*)/im.exec(headers.toString('latin1'));
  const subject = (match?.[1] ?? '').replace(/\r\n/g, '').trim();
  return subject !== '' && subject.length <= 500 && /^[\x20-\x7e\t]*$/.test(subject) ? subject : null;
}
