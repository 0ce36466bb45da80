import type { ErrorCode } from '../../common/errors.ts';
import type { Pop3Settings } from '../../common/shapes/account.ts';
import type { Limits } from '../../storage-server/pop3/limits.ts';
import type { SessionOptions } from '../../storage-server/pop3/session.ts';
import type { Authority } from '../harness/certificate.ts';
import { makeSelfSigned } from '../harness/certificate.ts';
import { FULL_CAPABILITIES, stuff, type FakeConnection, type FakePop3Options } from './pop3-server.ts';

/** What a client has to make of it: an error, or every message byte by byte (`exact`), or all but the named ones. */
export type Expectation =
  | 'exact'
  | { code: ErrorCode; reason?: string; serverLine?: string; retryAfter?: number; temporary?: boolean }
  | { without: number[]; code: ErrorCode };

export interface Misbehaviour {
  number: number;
  name: string;
  expected: Expectation;
  server(authority: Authority, dir: string): FakePop3Options;
  settings?: Partial<Pop3Settings>;
  secret?: string;
  /** What an earlier session heard, and whether the listing is asked with the password. */
  known?: SessionOptions['known'];
  listing?: boolean;
  limits?: Partial<Limits>;
}

type Script = NonNullable<FakePop3Options['script']>;

/** A script that takes over at one command. */
export function at(verb: string, act: (connection: FakeConnection, rest: string) => void): Script {
  return (connection, given, rest) => {
    if (given !== verb) return false;
    act(connection, rest);
    return true;
  };
}

function answer(verb: string, line: string): FakePop3Options {
  return { script: at(verb, (connection) => connection.say(line)) };
}

const NO_PIPELINING = FULL_CAPABILITIES.filter((line) => line !== 'PIPELINING');
/** Soon for a test, late enough for a busy machine to answer rightly before. */
const SOON: Partial<Limits> = { connectMs: 600, idleMs: 600 };
const STARTTLS = { tls: 'starttls' } as const;
const IMPLICIT = { tls: 'implicit' } as const;
const one = (text: string): Uint8Array[] => [Buffer.from(text, 'latin1')];

/** Writes bytes one by one, each in a TCP segment of its own as far as the kernel goes along. */
function dribble(connection: FakeConnection, bytes: Buffer, pauseMs: number): void {
  const send = (index: number): void => {
    if (index >= bytes.length || !connection.socket.writable) return;
    connection.write(bytes.subarray(index, index + 1));
    if (pauseMs > 0) setTimeout(send, pauseMs, index + 1);
    else setImmediate(send, index + 1);
  };
  send(0);
}

export const SESSION_MISBEHAVIOURS: Misbehaviour[] = [
  {
    number: 1,
    name: '-ERR instead of a greeting',
    expected: { code: 'server-error', reason: 'greeting', serverLine: '-ERR come back never' },
    server: () => ({ greet: (connection) => connection.say('-ERR come back never') }),
  },
  {
    number: 2,
    name: 'a greeting that says IN-USE',
    expected: { code: 'in-use' },
    server: () => ({ greet: (connection) => connection.say('-ERR [IN-USE] another session') }),
  },
  {
    number: 3,
    name: 'silence',
    expected: { code: 'timeout', reason: 'greeting' },
    limits: SOON,
    server: () => ({ greet: () => undefined }),
  },
  {
    number: 4,
    name: 'closes at once',
    expected: { code: 'dropped' },
    server: () => ({ greet: (connection) => connection.socket.destroy() }),
  },
  {
    number: 5,
    name: 'speaks HTTP',
    expected: { code: 'protocol', reason: 'garbage', serverLine: 'HTTP/1.1 400 Bad Request' },
    server: () => ({ greet: (connection) => connection.say('HTTP/1.1 400 Bad Request') }),
  },
  {
    number: 6,
    name: 'a status line without end',
    expected: { code: 'protocol', reason: 'line-too-long' },
    server: () => ({ greet: (connection) => connection.write('+OK '.padEnd(200_000, 'x')) }),
  },
  {
    number: 7,
    name: 'lines that end in LF alone',
    expected: { code: 'protocol', reason: 'bare-line-feed' },
    server: () => ({ greet: (connection) => connection.write('+OK ready\n') }),
  },
  {
    number: 8,
    name: 'silence after the password',
    expected: { code: 'timeout', reason: 'idle' },
    limits: SOON,
    server: () => ({ script: at('PASS', () => undefined) }),
  },
  {
    number: 9,
    name: 'a wrong password, told by a response code',
    expected: { code: 'auth-failed', temporary: false },
    server: () => answer('PASS', '-ERR [AUTH] no'),
  },
  {
    number: 10,
    name: 'a wrong password, told by nothing',
    expected: { code: 'auth-failed' },
    server: () => answer('PASS', '-ERR'),
  },
  {
    number: 11,
    name: 'maildrop in use',
    expected: { code: 'in-use' },
    server: () => answer('PASS', '-ERR [IN-USE] do you have another POP session running?'),
  },
  {
    number: 12,
    name: 'maildrop in use, in words only',
    expected: { code: 'in-use' },
    server: () => answer('PASS', '-ERR Unable to lock maildrop: Mailbox is locked by POP server'),
  },
  {
    number: 13,
    name: 'LOGIN-DELAY with the time in CAPA',
    expected: { code: 'login-delay', retryAfter: 720 },
    server: () => ({
      ...answer('PASS', '-ERR [LOGIN-DELAY] minimum time between mail checks violation'),
      capabilities: [...FULL_CAPABILITIES, 'LOGIN-DELAY 720'],
    }),
  },
  {
    number: 14,
    name: 'trouble of its own at login',
    expected: { code: 'server-error', temporary: true },
    server: () => answer('PASS', '-ERR [SYS/TEMP] try later'),
  },
  {
    number: 15,
    name: 'POP switched off by the user',
    expected: { code: 'auth-failed', reason: 'pop-disabled', temporary: false },
    server: () => answer('PASS', '-ERR [SYS/PERM] Your account is not enabled for POP access.'),
  },
  {
    number: 16,
    name: 'repeats the password in its refusal',
    expected: { code: 'auth-failed', serverLine: '-ERR *** is not the password' },
    server: () => answer('PASS', '-ERR secret is not the password'),
  },
  {
    number: 17,
    name: 'one byte at a time, too slowly',
    expected: { code: 'timeout', reason: 'idle' },
    limits: { idleMs: 600 },
    server: () => ({
      script: at('PASS', (connection) => dribble(connection, Buffer.from('+OK'.padEnd(400, '.')), 40)),
    }),
  },
  {
    number: 18,
    name: 'no CAPA, no PIPELINING',
    expected: 'exact',
    server: () => ({ capabilities: null, messages: one('Subject: a\r\n\r\nb\r\n') }),
  },
  {
    number: 19,
    name: 'no CAPA, yet STLS is wanted and refused',
    settings: STARTTLS,
    expected: { code: 'tls', reason: 'starttls-refused' },
    server: () => ({ capabilities: null, ...answer('STLS', '-ERR unknown command') }),
  },
  {
    number: 20,
    name: 'STLS is not offered',
    settings: STARTTLS,
    expected: { code: 'tls', reason: 'starttls-not-offered' },
    server: () => ({}),
  },
  {
    number: 21,
    name: 'STLS offered and refused',
    settings: STARTTLS,
    expected: { code: 'tls', reason: 'starttls-refused' },
    server: () => ({ capabilities: [...FULL_CAPABILITIES, 'STLS'], ...answer('STLS', '-ERR not now') }),
  },
  {
    number: 22,
    name: 'replies put in behind STLS by a third party',
    settings: STARTTLS,
    expected: 'exact',
    server: (authority) => ({
      certificate: authority.issue(['localhost']),
      messages: one('Subject: true\r\n\r\none\r\n'),
      script: at2('STLS', (connection) =>
        connection.write('+OK begin TLS\r\n+OK injected\r\nSASL INJECTED\r\n.\r\n'),
      ),
    }),
  },
  {
    number: 23,
    name: 'a certificate of its own making',
    settings: IMPLICIT,
    expected: { code: 'tls', reason: 'certificate-self-signed', temporary: false },
    server: (_, dir) => ({ implicitTls: true, certificate: makeSelfSigned(dir, ['localhost']) }),
  },
  {
    number: 24,
    name: 'the certificate of another name',
    settings: IMPLICIT,
    expected: { code: 'tls', reason: 'certificate-name' },
    server: (authority) => ({ implicitTls: true, certificate: authority.issue(['mail.example']) }),
  },
  {
    number: 25,
    name: 'an expired certificate',
    settings: STARTTLS,
    expected: { code: 'tls', reason: 'certificate-expired' },
    server: (authority) => ({ certificate: authority.issue(['localhost'], { expired: true }) }),
  },
  {
    number: 26,
    name: 'no TLS where TLS is expected',
    settings: IMPLICIT,
    expected: { code: 'tls', reason: 'not-tls' },
    server: () => ({}),
  },
  {
    number: 27,
    name: 'silence where TLS is expected',
    settings: IMPLICIT,
    limits: SOON,
    expected: { code: 'timeout', reason: 'handshake' },
    server: () => ({ greet: () => undefined }),
  },
  {
    number: 28,
    name: 'speaks unasked',
    expected: { code: 'protocol' },
    server: () => ({
      greet: (connection) => connection.write('+OK ready\r\n+OK again\r\n-ERR and again\r\n'),
    }),
  },
  {
    number: 29,
    name: 'no password taken at all',
    settings: IMPLICIT,
    expected: { code: 'auth-failed', reason: 'no-password-method' },
    server: (authority) => ({
      implicitTls: true,
      certificate: authority.issue(['localhost']),
      capabilities: ['SASL XOAUTH2'],
      greet: (connection) => connection.say('+OK ready'),
    }),
  },
  {
    number: 30,
    name: 'no PIPELINING',
    expected: 'exact',
    server: () => ({
      capabilities: NO_PIPELINING,
      messages: [...one('a: b\r\n\r\nc\r\n'), ...one('d: e\r\n\r\n')],
    }),
  },
];

/** As `at`, but the server goes on with its own part of STLS: only what it says is replaced. */
function at2(verb: string, act: (connection: FakeConnection) => void): Script {
  return (connection, given) => {
    if (given !== verb || connection.tls) return false;
    const { say } = connection;
    connection.say = () => {
      connection.say = say;
      act(connection);
    };
    return false;
  };
}

export { answer, dribble, NO_PIPELINING, one, SOON, stuff };
