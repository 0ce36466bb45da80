import { request, type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { secure } from '../pop3/tls.ts';

export interface HttpsGet {
  egress: EgressGuard;
  /** Where an address names no port: 443. */
  port: number;
  signal: AbortSignal;
  maxBytes: number;
}

const MOST_REDIRECTS = 3;
const CONNECT_TIME = 4 * SECOND;
const TYPES = /^(text\/(xml|plain)|application\/(xml|octet-stream|[\w.-]+\+xml))\b/i;

/**
 * The text at an https address; each hop goes through the egress guard by itself, nothing secret is sent. MailError `protocol`
 * for another status or type, `too-large`, and those of connecting; http is never spoken.
 */
export async function getText(address: URL, how: HttpsGet): Promise<string> {
  let url = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') throw refuse('no https');
    const answer = await ask(url, how);
    const next = readRedirect(answer, url);
    if (next === null) return await readBody(answer, how.maxBytes);
    answer.destroy();
    url = next;
  }
  throw refuse('too many redirects');
}

async function ask(url: URL, { egress, port, signal }: HttpsGet): Promise<IncomingMessage> {
  const host = url.hostname;
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) throw refuse('an address instead of a name');
  const at = url.port === '' ? port : Number(url.port);
  const socket = await egress.connect(host, at, 'http', { timeoutMs: CONNECT_TIME, signal });
  const secured = await secure(socket, host, CONNECT_TIME, signal);
  return await new Promise((resolve, reject) => {
    const asked = request(
      {
        host,
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host, accept: 'text/xml, application/xml', connection: 'close' },
        createConnection: () => secured,
        maxHeaderSize: 16_384,
        signal,
      },
      resolve,
    );
    asked.once('error', (error) => {
      secured.destroy();
      reject(error);
    });
    asked.end();
  });
}

function readRedirect({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return null;
  const next = URL.parse(headers.location ?? '', from.href);
  if (next === null) throw refuse('a redirect to nowhere');
  return next;
}

async function readBody(answer: IncomingMessage, maxBytes: number): Promise<string> {
  const { statusCode, headers } = answer;
  const type = headers['content-type'];
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (statusCode !== 200) throw refuse(`status ${statusCode}`);
    if (type !== undefined && !TYPES.test(type)) throw refuse(`type ${type}`);
    if (headers['content-encoding'] !== undefined) throw refuse('an encoding that was not asked for');
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new MailError('too-large', 'the answer is too large');
      chunks.push(chunk);
    }
  } finally {
    answer.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(detail: string): MailError {
  return new MailError('protocol', `not usable: ${detail}`, { reason: 'autoconfig' });
}
