import type { Database } from '../../server-kit/database/database.ts';

/**
 * The body chunk by chunk, so that a large mail is never whole in memory. Who says its `size` gets all of it or an error:
 * another relay may have finished with the mail and dropped it, and a part of a mail must not look like one.
 */
export async function* readBody(database: Database, mail: string, size?: number): AsyncGenerator<Buffer> {
  let seen = 0;
  for (let number = 0; ; number++) {
    const row = await database.read.get<{ bytes: Uint8Array }>(
      'SELECT bytes FROM mail_chunk WHERE mail = ? AND number = ?',
      [mail, number],
    );
    if (row === undefined) break;
    seen += row.bytes.length;
    yield Buffer.from(row.bytes);
  }
  if (size !== undefined && seen !== size) throw new Error(`the body of ${mail} is gone`);
}

/** The header block of the body, at most `limit` bytes of it: what a DSN returns (RFC 3462, text/rfc822-headers). */
export async function readHeaders(database: Database, mail: string, limit: number): Promise<Buffer> {
  let head = Buffer.alloc(0);
  for await (const chunk of readBody(database, mail)) {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end !== -1) return head.subarray(0, Math.min(end + 2, limit));
    if (head.length >= limit) return head.subarray(0, head.lastIndexOf('\r\n', limit) + 2);
  }
  return head.subarray(0, limit);
}
