import type { Socket } from 'node:net';
import { MailError } from '../../../common/errors.ts';
import type { ProviderServer } from '../../../common/providers/provider.ts';
import { SECOND } from '../../../common/time.ts';
import type { EgressGuard } from '../../../server-kit/egress/guard.ts';
import { readCallError } from '../../../server-kit/service-client.ts';
import { explainSocketError } from '../../pop3/socket-errors.ts';
import { secure } from '../../pop3/tls.ts';
import { stopWaiting } from '../stop-waiting.ts';

const PATIENCE = 4 * SECOND;
/** Of one reply; an EHLO answer has some hundred bytes. */
const MOST_BYTES = 8192;

/**
 * Connects, agrees TLS with a certificate that is good for the name, reads the greeting and asks EHLO (RFC 6409); then
 * leaves. Nothing secret is sent. Null when it takes sign-ins under TLS, else the MailError.
 */
export async function greetSubmission(
  egress: EgressGuard,
  { host, port, tls }: ProviderServer,
  signal: AbortSignal,
): Promise<MailError | null> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(1.5 * PATIENCE)]);
  let socket: Socket | null = null;
  try {
    socket = await stopWaiting(
      egress.connect(host, port, 'mail', { timeoutMs: PATIENCE, signal: until }),
      until,
    );
    if (tls === 'implicit') socket = await secure(socket, host, PATIENCE, until);
    await demand(socket, null, 220, until);
    let extensions = await demand(socket, 'EHLO valija.invalid', 250, until);
    if (tls === 'starttls') {
      if (!/^250[ -]STARTTLS\b/im.test(extensions)) throw refuseClear();
      await demand(socket, 'STARTTLS', 220, until);
      socket = await secure(socket, host, PATIENCE, until);
      extensions = await demand(socket, 'EHLO valija.invalid', 250, until);
    }
    if (!/^250[ -]AUTH[ =]/im.test(extensions)) {
      throw new MailError('protocol', 'nobody can sign in there', { reason: 'no-auth' });
    }
    socket.end('QUIT\r\n');
    return null;
  } catch (error) {
    return error instanceof MailError ? error : readCallError(explainSocketError(error, 'session'));
  } finally {
    // Whoever does not answer QUIT is not waited for.
    const left = socket;
    left?.on('error', () => undefined);
    left?.setTimeout(SECOND, () => left.destroy());
  }
}

function refuseTalk(): MailError {
  return new MailError('protocol', 'this is no SMTP', { reason: 'smtp' });
}

function refuseClear(): MailError {
  return new MailError('tls', 'the server offers no STARTTLS', {
    reason: 'starttls-not-offered',
    temporary: false,
  });
}

/** The reply to a line, all of it; MailError `protocol` for another code, `server-error` for a 4yz, which passes (RFC 5321 4.2.1). */
async function demand(
  socket: Socket,
  line: string | null,
  code: number,
  signal: AbortSignal,
): Promise<string> {
  const reply = readReply(socket, signal);
  if (line !== null) socket.write(`${line}\r\n`);
  const text = await reply;
  if (text.startsWith(String(code))) return text;
  const serverLine = text.split('\r\n', 1)[0] ?? '';
  throw new MailError(text.startsWith('4') ? 'server-error' : 'protocol', `expected ${code}`, {
    reason: 'smtp',
    serverLine: serverLine.slice(0, 500),
  });
}

async function readReply(socket: Socket, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = '';
  const take = (bytes: Buffer): void => {
    text += bytes.toString('latin1');
    if (text.includes('\n') && !/^\d{3}[ -]/.test(text)) return reject(refuseTalk());
    if (/^\d{3}(?: [^\r\n]*)?\r?\n$/m.test(text.slice(text.lastIndexOf('\n', text.length - 2) + 1)))
      resolve(text);
    else if (text.length > MOST_BYTES) reject(refuseTalk());
  };
  const end = (): void => reject(new MailError('dropped', 'closed before it answered'));
  const stop = (): void => reject(new MailError('timeout', 'no answer', { reason: 'answer' }));
  socket.on('data', take).on('error', reject).on('close', end).resume();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await promise;
  } finally {
    socket.off('data', take).off('error', reject).off('close', end);
    signal.removeEventListener('abort', stop);
    // What comes next is read by the next reader, or by TLS.
    socket.pause();
  }
}
