import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from '../harness/certificate.ts';

/**
 * How a host of the crowd behaves: rightly; takes the connection and never answers; never answers after PASS; one byte
 * a second.
 */
export type Behaviour = 'good' | 'silent' | 'stalls' | 'drips';

export interface CrowdOptions {
  port: number;
  /** 0.0.0.0 takes the connections of all of 127.0.0.0/8: each address is a host of its own. */
  host: string;
  certificate?: Certificate;
  /** By the address that was called. */
  behave(address: string): Behaviour;
  /** In every maildrop, always the same ones. */
  messages: number;
  /** Milliseconds before each reply of a good host. */
  delay: number;
  /** A user name was told; the connection began at `at`. */
  onSession(user: string, at: number): void;
}

export interface Crowd {
  /** Connections open now. */
  readonly open: number;
  close(): Promise<void>;
}

/** Many POP3 servers with as many maildrops as one likes, in one process: any user with any password. It costs as little as it can. */
export async function startCrowd(options: CrowdOptions): Promise<Crowd> {
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    new CrowdSession(socket, options).begin();
  };
  const server: Server =
    options.certificate === undefined
      ? createServer(serve)
      : createTlsServer({ cert: options.certificate.cert, key: options.certificate.key }, serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port, host: options.host, backlog: 4096 }, resolve);
  });
  return {
    get open() {
      return sockets.size;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const CAPABILITIES = '+OK\r\nUSER\r\nUIDL\r\nTOP\r\nPIPELINING\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\n.\r\n';

class CrowdSession {
  readonly #socket: Socket;
  readonly #options: CrowdOptions;
  readonly #behaviour: Behaviour;
  readonly #begun = Date.now();
  #input = '';
  #output = '';
  #user = '';
  #dripping: NodeJS.Timeout | null = null;
  #stalled = false;

  constructor(socket: Socket, options: CrowdOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#behaviour = options.behave(socket.localAddress ?? '');
  }

  begin(): void {
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk.toString('latin1')));
    this.#socket.on('close', () => clearInterval(this.#dripping ?? undefined));
    if (this.#behaviour !== 'silent') this.#say('+OK\r\n');
  }

  #read(text: string): void {
    if (this.#behaviour === 'silent' || this.#stalled) return;
    this.#input += text;
    let replies = '';
    let quit = false;
    for (let end = this.#input.indexOf('\r\n'); end !== -1; end = this.#input.indexOf('\r\n')) {
      const line = this.#input.slice(0, end);
      this.#input = this.#input.slice(end + 2);
      replies += this.#answer(line);
      quit ||= line === 'QUIT';
      if (this.#stalled) break;
    }
    this.#say(replies);
    if (quit && this.#behaviour === 'good') setTimeout(() => this.#socket.end(), this.#options.delay);
  }

  #answer(line: string): string {
    const space = line.indexOf(' ');
    const verb = space === -1 ? line : line.slice(0, space);
    const rest = space === -1 ? '' : line.slice(space + 1);
    const { messages } = this.#options;
    switch (verb.toUpperCase()) {
      case 'CAPA':
        return CAPABILITIES;
      case 'USER':
        this.#user = rest;
        this.#options.onSession(rest, this.#begun);
        return '+OK\r\n';
      case 'PASS':
        this.#stalled = this.#behaviour === 'stalls';
        return this.#stalled ? '' : '+OK\r\n';
      case 'STAT':
        return `+OK ${messages} ${messages * makeMail(this.#user, 1).length}\r\n`;
      case 'UIDL':
        return this.#list((number) => `${this.#user}-${number}`);
      case 'LIST':
        return this.#list((number) => makeMail(this.#user, number).length);
      case 'RETR':
        return `+OK\r\n${makeMail(this.#user, Number(rest))}.\r\n`;
      case 'QUIT':
      case 'NOOP':
      case 'DELE':
      case 'RSET':
        return '+OK\r\n';
      default:
        return '-ERR\r\n';
    }
  }

  #list(show: (number: number) => string | number): string {
    let text = '+OK\r\n';
    for (let number = 1; number <= this.#options.messages; number++) text += `${number} ${show(number)}\r\n`;
    return `${text}.\r\n`;
  }

  #say(text: string): void {
    if (text === '') return;
    if (this.#behaviour === 'drips') {
      this.#output += text;
      this.#dripping ??= setInterval(() => this.#drip(), 1000);
    } else if (this.#options.delay === 0) this.#socket.write(text, 'latin1');
    else setTimeout(() => this.#socket.writable && this.#socket.write(text, 'latin1'), this.#options.delay);
  }

  #drip(): void {
    if (this.#output === '' || !this.#socket.writable) return;
    this.#socket.write(this.#output[0] ?? '');
    this.#output = this.#output.slice(1);
  }
}

function makeMail(user: string, number: number): string {
  return `From: crowd@example.org\r\nTo: ${user}@example.org\r\nSubject: ${number}\r\nMessage-ID: <${user}.${number}@example.org>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n\r\nOne of many.\r\n`;
}
