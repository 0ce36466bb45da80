import { createHmac } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import type { Certificate } from '../harness/certificate.ts';

/** One client's connection to the fake; scripts write to it as they like. */
export interface FakeSmtpConnection {
  socket: Socket;
  /** 1 for the first connection that this server took. */
  count: number;
  tls: boolean;
  user: string | null;
  from: string;
  to: string[];
  say: (line: string) => void;
}

export interface FakeSmtpMail {
  /** Arguments behind `MAIL FROM:` and `RCPT TO:`. */
  from: string;
  to: string[];
  user: string | null;
  tls: boolean;
  connection: number;
  /** Dot-stuffing undone, CRLF as sent. */
  raw: Buffer;
}

export interface FakeSmtpOptions {
  /** Name and password for AUTH; null offers none. XOAUTH2 takes the password as token. */
  login?: { user: string; password: string; mechanisms?: string } | null;
  /** Further EHLO lines. */
  extensions?: string[];
  certificate?: Certificate;
  implicitTls?: boolean;
  /** Before the usual answer to a command (verb upper case; `CONNECT`, `.` for the end of data); true when it has answered itself. */
  script?(connection: FakeSmtpConnection, verb: string, rest: string): boolean;
}

export interface FakeSmtp {
  host: '127.0.0.1';
  port: number;
  /** Every command received, as `1 EHLO x`: the connection's count first. Credentials stand in it: tests only. */
  commands: string[];
  mails: FakeSmtpMail[];
  close(): Promise<void>;
}

/** An SMTP server that misbehaves as told: next hop, MX or smarthost of the tests. */
export async function startFakeSmtp(options: FakeSmtpOptions = {}): Promise<FakeSmtp> {
  const sockets = new Set<Socket>();
  const fake: FakeSmtp = {
    host: '127.0.0.1',
    port: 0,
    commands: [],
    mails: [],
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  let count = 0;
  const server = createServer((plain) => {
    sockets.add(plain);
    plain.on('error', () => undefined);
    plain.on('close', () => sockets.delete(plain));
    const socket = options.implicitTls === true ? wrap(plain, options.certificate) : plain;
    count += 1;
    converse(fake, options, {
      socket,
      count,
      tls: options.implicitTls === true,
      user: null,
      from: '',
      to: [],
      say(line) {
        this.socket.write(`${line}\r\n`);
      },
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address === 'object' && address !== null) fake.port = address.port;
  return fake;
}

function wrap(socket: Socket, certificate: Certificate | undefined): TLSSocket {
  if (!certificate) throw new Error('TLS needs a certificate');
  const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate) });
  secure.on('error', () => undefined);
  return secure;
}

function converse(fake: FakeSmtp, options: FakeSmtpOptions, connection: FakeSmtpConnection): void {
  let buffer = Buffer.alloc(0);
  let takeLine: ((line: string) => void) | null = null;
  let data = false;
  let pieces: Buffer[] = [];
  let tail = Buffer.alloc(0);

  const read = (chunk: Buffer): void => {
    if (data) {
      // Large mails come in many pieces: they are joined once, when the end may be there.
      pieces.push(chunk);
      tail = Buffer.concat([tail, chunk]).subarray(-5);
      if (tail.toString('latin1').endsWith('.\r\n') || chunk.includes('\r\n.\r\n')) {
        buffer = Buffer.concat(pieces);
        pieces = [];
      } else return;
    } else buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      if (data) {
        const start =
          buffer.subarray(0, 3).toString('latin1') === '.\r\n' ? 0 : buffer.indexOf('\r\n.\r\n') + 2;
        if (start === 1) {
          pieces = [buffer];
          tail = buffer.subarray(-5);
          buffer = Buffer.alloc(0);
          return;
        }
        endData(buffer.subarray(0, start));
        buffer = buffer.subarray(start + 3);
        continue;
      }
      const end = buffer.indexOf('\r\n');
      if (end === -1) return;
      const line = buffer.subarray(0, end).toString('utf8');
      buffer = buffer.subarray(end + 2);
      fake.commands.push(`${connection.count} ${line}`);
      if (takeLine) takeLine(line);
      else handle(line);
    }
  };
  const endData = (raw: Buffer): void => {
    data = false;
    const text = raw.toString('latin1').replace(/(^|\r\n)\.\./g, '$1.');
    const { from, to, user, tls, count } = connection;
    if (options.script?.(connection, '.', '') === true) return;
    fake.mails.push({ from, to, user, tls, connection: count, raw: Buffer.from(text, 'latin1') });
    connection.say(`250 2.0.0 taken as fake-${fake.mails.length}`);
  };
  const ask = (challenge: string, answer: (line: string) => void): void => {
    takeLine = (line) => {
      takeLine = null;
      answer(line);
    };
    connection.say(`334 ${challenge}`);
  };
  const signIn = (user: string, password: string): void => {
    const right = user === options.login?.user && password === options.login.password;
    if (right) connection.user = user;
    connection.say(right ? '235 2.7.0 welcome' : '535 5.7.8 wrong user name or password');
  };
  const authenticate = (rest: string): void => {
    const [mechanism = '', first] = rest.split(' ');
    const decode = (text: string): string => Buffer.from(text, 'base64').toString();
    if (mechanism.toUpperCase() === 'LOGIN') {
      ask('VXNlcm5hbWU6', (user) => ask('UGFzc3dvcmQ6', (pass) => signIn(decode(user), decode(pass))));
    } else if (mechanism.toUpperCase() === 'XOAUTH2') {
      const match = /^user=(.*)\u0001auth=Bearer (.*)\u0001\u0001$/.exec(decode(first ?? ''));
      const right = match?.[1] === options.login?.user && match?.[2] === options.login?.password;
      if (right) signIn(match?.[1] ?? '', match?.[2] ?? '');
      else
        ask(Buffer.from('{"status":"401"}').toString('base64'), () =>
          connection.say('535 5.7.8 token refused'),
        );
    } else if (mechanism.toUpperCase() === 'CRAM-MD5') {
      const challenge = '<1896.697170952@fake.test>';
      ask(Buffer.from(challenge).toString('base64'), (answer) => {
        const [user = '', digest] = decode(answer).split(' ');
        const password = options.login?.password ?? '';
        const right = createHmac('md5', password).update(challenge).digest('hex') === digest;
        signIn(user, right ? password : '');
      });
    } else {
      const [, user = '', password = ''] = decode(first ?? '').split('\0');
      signIn(user, password);
    }
  };
  const secure = (): void => {
    connection.say('220 go ahead');
    connection.socket.removeAllListeners('data');
    connection.socket = wrap(connection.socket, options.certificate);
    connection.tls = true;
    connection.socket.on('data', read);
  };
  const greetExtended = (): void => {
    const offered = [
      'fake greets you',
      ...(options.extensions ?? ['8BITMIME', 'SIZE 60000000']),
      ...(options.certificate && !connection.tls ? ['STARTTLS'] : []),
      ...(options.login ? [`AUTH ${options.login.mechanisms ?? 'PLAIN LOGIN'}`] : []),
    ];
    offered.forEach((line, index) => connection.say(`250${index === offered.length - 1 ? ' ' : '-'}${line}`));
  };
  const handle = (line: string): void => {
    const [verb, rest] = splitCommand(line);
    if (options.script?.(connection, verb, rest) === true) return;
    if (verb === 'EHLO') return greetExtended();
    if (verb === 'STARTTLS' && options.certificate) return secure();
    if (verb === 'STARTTLS') return connection.say('502 5.5.1 not here');
    if (verb === 'AUTH') return authenticate(rest);
    if (verb === 'DATA') {
      data = connection.to.length > 0;
      return connection.say(data ? '354 go on' : '554 5.5.1 no valid recipients');
    }
    if (verb === 'QUIT') {
      connection.say('221 bye');
      connection.socket.end();
      return;
    }
    if (verb === 'MAIL' && options.login && connection.user === null) {
      return connection.say('530 5.7.0 authentication required');
    }
    if (verb === 'MAIL') Object.assign(connection, { from: rest.replace(/^FROM:/i, ''), to: [] });
    if (verb === 'RCPT') connection.to.push(rest.replace(/^TO:/i, ''));
    connection.say('250 2.0.0 ok');
  };
  connection.socket.on('data', read);
  if (options.script?.(connection, 'CONNECT', '') !== true) connection.say('220 fake ESMTP');
}

function splitCommand(line: string): [string, string] {
  const space = line.indexOf(' ');
  return space === -1
    ? [line.toUpperCase(), '']
    : [line.slice(0, space).toUpperCase(), line.slice(space + 1)];
}
