import type { IncomingMessage } from 'node:http';
import { MailError } from '../../common/errors.ts';

/** A small body as text (UTF-8); MailError `too-large` beyond `limit` bytes. */
export async function readBody(req: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new MailError('too-large', `more than ${limit} bytes`, { params: { limit } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function isJsonType(req: IncomingMessage): boolean {
  return /^application\/json\b/i.test(req.headers['content-type'] ?? '');
}

export function refuseType(): MailError {
  return new MailError('invalid', 'content-type must be application/json', { reason: 'content-type' });
}
