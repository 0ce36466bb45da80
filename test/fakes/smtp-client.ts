import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A client that says exactly what a test tells it to, line by line. */
export interface SmtpDialog {
  /** Sends a line (CRLF added) and resolves with the whole reply. */
  say(line: string): Promise<string>;
  /** Sends bytes as they are. */
  write(bytes: Uint8Array | string): void;
  /** The next whole reply; rejects when the connection ends first. */
  read(): Promise<string>;
  startTls(options: { servername: string; ca?: string }): Promise<void>;
  close(): void;
}

/** Connects and takes the greeting. */
export async function openDialog(
  port: number,
  host = '127.0.0.1',
): Promise<SmtpDialog & { greeting: string }> {
  let socket: Socket = connect({ host, port });
  const replies: string[] = [];
  const waiting: { resolve: (reply: string) => void; reject: (error: Error) => void }[] = [];
  let buffer = '';
  let ended: Error | null = null;

  const take = (chunk: Buffer): void => {
    buffer += chunk.toString('utf8');
    for (;;) {
      const match = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/.exec(buffer);
      if (match === null) return;
      buffer = buffer.slice(match[0].length);
      const next = waiting.shift();
      if (next) next.resolve(match[0].trimEnd());
      else replies.push(match[0].trimEnd());
    }
  };
  const end = (error: Error): void => {
    ended = error;
    for (const one of waiting.splice(0)) one.reject(error);
  };
  const listen = (): void => {
    socket.on('data', take);
    socket.on('error', end);
    socket.on('close', () => end(new Error('connection closed')));
  };
  listen();
  const read = async (): Promise<string> => {
    const ready = replies.shift();
    if (ready !== undefined) return ready;
    if (ended) throw ended;
    return await new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const dialog: SmtpDialog = {
    say: async (line) => {
      socket.write(`${line}\r\n`);
      return await read();
    },
    write: (bytes) => void socket.write(bytes),
    read,
    startTls: async ({ servername, ca }) => {
      socket.removeAllListeners('data').removeAllListeners('close');
      const plain = socket;
      await new Promise<void>((resolve, reject) => {
        socket = connectTls({ socket: plain, servername, ...(ca === undefined ? {} : { ca }) }, resolve);
        socket.once('error', reject);
      });
      listen();
    },
    close: () => socket.destroy(),
  };
  const greeting = await read();
  return { ...dialog, greeting };
}

/** The one argument of AUTH PLAIN (RFC 4616). */
export function encodePlain(authzid: string, authcid: string, password: string): string {
  return Buffer.from(`${authzid}\0${authcid}\0${password}`).toString('base64');
}
