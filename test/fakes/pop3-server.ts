import { createServer, type Socket } from 'node:net';
import { TLSSocket, createSecureContext, createServer as createTlsServer } from 'node:tls';
import type { Certificate } from '../harness/certificate.ts';

/** One client's connection to the fake; scripts write to it as they like. */
export interface FakeConnection {
  socket: Socket;
  /** 1 for the first connection that this server took. */
  count: number;
  tls: boolean;
  /** The line under way, whole: of SASL's lines no command can be made. */
  line: string;
  /** How many commands the packet held that this one came in, and which of them it is. */
  together: number;
  nth: number;
  signedIn: boolean;
  deleted: Set<number>;
  say: (line: string) => void;
  write: (bytes: Uint8Array | string) => void;
}

export interface FakePop3Options {
  messages?: Uint8Array[];
  /** UIDLs by position; null leaves the line out. Default: u1, u2, … */
  uidls?: (string | null)[];
  /** Sizes that LIST claims by position, where they are lies. */
  sizes?: number[];
  user?: string;
  password?: string;
  /** What CAPA lists; null: CAPA is unknown. */
  capabilities?: string[] | null;
  certificate?: Certificate;
  implicitTls?: boolean;
  /** Instead of the greeting. */
  greet?(connection: FakeConnection): void;
  /** Before the usual answer to a command; true when it has answered itself. */
  script?(connection: FakeConnection, verb: string, rest: string): boolean;
}

export interface FakePop3 {
  host: string;
  port: number;
  /** Every line received, of all connections, as `1 USER alice`: the connection's count first. */
  commands: string[];
  /** Messages that are still there; a QUIT removes what its session deleted. */
  messages: (Uint8Array | null)[];
  connections: number;
  close(): Promise<void>;
}

export const FULL_CAPABILITIES = [
  'TOP',
  'UIDL',
  'RESP-CODES',
  'PIPELINING',
  'AUTH-RESP-CODE',
  'USER',
  'SASL PLAIN LOGIN',
];

/** Dot-stuffed, with terminator, as it goes over the wire (RFC 1939 section 3). */
export function stuff(message: Uint8Array): Buffer {
  let text = Buffer.from(message).toString('latin1').replaceAll('\r\n.', '\r\n..');
  if (text.startsWith('.')) text = `.${text}`;
  if (text !== '' && !text.endsWith('\r\n')) text += '\r\n';
  return Buffer.from(`${text}.\r\n`, 'latin1');
}

/** A POP3 server in memory that answers rightly, except where its options say otherwise. */
export async function startPop3Server(options: FakePop3Options = {}): Promise<FakePop3> {
  const { user = 'alice', password = 'secret', capabilities = FULL_CAPABILITIES } = options;
  const sockets = new Set<Socket>();
  const fake: FakePop3 = {
    host: '127.0.0.1',
    port: 0,
    commands: [],
    messages: [...(options.messages ?? [])],
    connections: 0,
    close,
  };
  const { certificate } = options;
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    const connection: FakeConnection = {
      socket,
      count: ++fake.connections,
      tls: options.implicitTls === true,
      line: '',
      together: 1,
      nth: 1,
      signedIn: false,
      deleted: new Set(),
      say: (line) => connection.write(`${line}\r\n`),
      write: (bytes) => void (connection.socket.writable && connection.socket.write(bytes)),
    };
    listen(connection);
    if (options.greet === undefined) connection.say('+OK ready <1.2@fake>');
    else options.greet(connection);
  };
  const server =
    options.implicitTls === true
      ? createTlsServer({ cert: certificate!.cert, key: certificate!.key }, serve)
      : createServer(serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  fake.port = typeof address === 'object' && address !== null ? address.port : 0;
  return fake;

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }

  function listen(connection: FakeConnection): void {
    let pending = '';
    const { socket } = connection;
    socket.on('error', () => socket.destroy());
    socket.on('data', (data: Buffer) => {
      pending += data.toString('utf8');
      connection.together = pending.split('\r\n').length - 1;
      connection.nth = 0;
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        fake.commands.push(`${connection.count} ${line}`);
        connection.line = line;
        connection.nth++;
        const [, verb = '', rest = ''] = /^(\S*) ?(.*)$/.exec(line) ?? [];
        if (options.script?.(connection, verb.toUpperCase(), rest) !== true)
          answer(connection, verb.toUpperCase(), rest);
      }
    });
  }

  function answer(connection: FakeConnection, verb: string, rest: string): void {
    const { say } = connection;
    const present = fake.messages
      .map((_, index) => index + 1)
      .filter((n) => fake.messages[n - 1] !== null && !connection.deleted.has(n));
    const list = (line: (n: number) => string | null): void => {
      say(
        `+OK\r\n${present
          .map(line)
          .filter((one) => one !== null)
          .map((one) => `${one}\r\n`)
          .join('')}.`,
      );
    };
    if (verb === 'CAPA') {
      if (capabilities === null) return say('-ERR unknown command');
      const lines = certificate !== undefined && !connection.tls ? [...capabilities, 'STLS'] : capabilities;
      return say(`+OK\r\n${lines.map((line) => `${line}\r\n`).join('')}.`);
    }
    if (verb === 'STLS') return startTls(connection);
    if (verb === 'QUIT') {
      for (const n of connection.deleted) fake.messages[n - 1] = null;
      say('+OK bye');
      return void connection.socket.end();
    }
    if (verb === 'USER') return say(rest === user ? '+OK' : '-ERR no such user');
    if (verb === 'PASS' || (verb === 'AUTH' && rest.startsWith('PLAIN '))) {
      const expected =
        verb === 'PASS' ? password : `PLAIN ${Buffer.from(`\0${user}\0${password}`).toString('base64')}`;
      connection.signedIn = rest === expected;
      return say(connection.signedIn ? '+OK signed in' : '-ERR [AUTH] wrong password');
    }
    if (!connection.signedIn) return say('-ERR sign in first');
    const message = fake.messages[Number(rest) - 1];
    const size = (n: number): number => options.sizes?.[n - 1] ?? fake.messages[n - 1]!.length;
    if (verb === 'STAT') return say(`+OK ${present.length} ${present.reduce((sum, n) => sum + size(n), 0)}`);
    if (verb === 'LIST') return list((n) => `${n} ${size(n)}`);
    if (verb === 'UIDL') return list((n) => uidlLine(n));
    if (verb === 'RSET') return say((connection.deleted.clear(), '+OK'));
    if ((verb !== 'RETR' && verb !== 'DELE') || message === undefined || message === null)
      return say('-ERR no such message');
    if (verb === 'RETR') {
      say('+OK here');
      return connection.write(stuff(message));
    }
    connection.deleted.add(Number(rest));
    say('+OK deleted');
  }

  function uidlLine(n: number): string | null {
    const uidl = options.uidls === undefined ? `u${n}` : options.uidls[n - 1];
    return uidl === null || uidl === undefined ? null : `${n} ${uidl}`;
  }

  function startTls(connection: FakeConnection): void {
    connection.say('+OK begin TLS');
    connection.socket.removeAllListeners('data');
    const secureContext = createSecureContext({ cert: certificate!.cert, key: certificate!.key });
    const secured = new TLSSocket(connection.socket, { isServer: true, secureContext });
    connection.socket = secured;
    connection.tls = true;
    listen(connection);
  }
}
