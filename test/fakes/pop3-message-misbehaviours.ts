import type { FakePop3Options } from './pop3-server.ts';
import { answer, at, dribble, one, SOON, stuff, type Misbehaviour } from './pop3-misbehaviours.ts';

const line = (length: number): string => `${'x'.repeat(length)}\r\n`;
const plain = Buffer.from('Subject: a\r\n\r\nbody\r\n');
const three = [plain, Buffer.from('Subject: b\r\n\r\n'), Buffer.from('Subject: c\r\n\r\nlast\r\n')];

function everyByte(): Buffer {
  const bytes = Buffer.alloc(256 * 4);
  for (let index = 0; index < bytes.length; index++) bytes[index] = (index * 7) % 256;
  return Buffer.concat([Buffer.from('Subject: bytes\r\n\r\n'), bytes, Buffer.from('\r\n')]);
}

/** What may go wrong, or only look so, once messages flow. */
export const MESSAGE_MISBEHAVIOURS: Misbehaviour[] = [
  {
    number: 40,
    name: 'drops in the middle of a message',
    expected: { code: 'dropped' },
    server: () => ({
      messages: three,
      script: at('RETR', (connection) => {
        connection.say('+OK');
        connection.write('Subject: hal');
        connection.socket.end();
      }),
    }),
  },
  {
    number: 41,
    name: 'stalls in the middle of a message',
    expected: { code: 'timeout', reason: 'idle' },
    limits: SOON,
    server: () => ({
      messages: three,
      script: at('RETR', (connection) => connection.say('+OK\r\nSubject: hal')),
    }),
  },
  {
    number: 42,
    name: 'the terminator divided among segments, byte by byte',
    expected: 'exact',
    server: () => ({
      messages: three,
      script: (connection, verb, rest) =>
        verb === 'RETR' &&
        (dribble(connection, Buffer.concat([Buffer.from('+OK\r\n'), stuff(three[Number(rest) - 1]!)]), 0),
        true),
      capabilities: ['UIDL', 'USER'],
    }),
  },
  {
    number: 43,
    name: 'dots at line starts, alone and in rows',
    expected: 'exact',
    server: () => ({ messages: one('.a: b\r\n..c: d\r\n\r\n.\r\n..\r\n...\r\n. \r\n.x\r\n') }),
  },
  {
    number: 44,
    name: 'LF dot LF and LF dot CRLF inside a message do not end it',
    expected: 'exact',
    server: () => ({ messages: one('a: b\r\n\r\nx\n.\ny\n.\r\n+OK 10 octets\r\nz\r\n') }),
  },
  {
    number: 45,
    name: 'bare CR, CR CR LF, CR dot',
    expected: 'exact',
    server: () => ({ messages: one('a: b\r\n\r\nx\r.\ry\r\r\n\r\rz\r\n') }),
  },
  {
    number: 46,
    name: 'NULs and every other byte',
    expected: 'exact',
    server: () => ({ messages: [everyByte(), ...one('a\0b: c\0\r\n\r\n\0\0\r\n')] }),
  },
  {
    number: 47,
    name: '8-bit text in several encodings',
    expected: 'exact',
    server: () => ({
      messages: [
        Buffer.from('Subject: ñandú 😀\r\n\r\n¡olé!\r\n'),
        ...one('Subject: \xf1\xe9\r\n\r\n\xff\xfe\r\n'),
      ],
    }),
  },
  {
    number: 48,
    name: 'lines of 100,000 characters',
    expected: 'exact',
    server: () => ({
      messages: [Buffer.from(`Subject: ${line(100_000)}\r\n${line(100_000)}${line(100_000)}`)],
    }),
  },
  {
    number: 49,
    name: 'no header at all',
    expected: 'exact',
    server: () => ({ messages: one('just a line\r\n') }),
  },
  {
    number: 50,
    name: 'an empty message',
    expected: 'exact',
    server: () => ({ messages: [Buffer.alloc(0), plain] }),
  },
  {
    number: 51,
    name: 'a message of 30 MB',
    expected: 'exact',
    server: () => ({
      messages: [Buffer.from(`Subject: big\r\n\r\n${line(998).repeat(30_000)}.\r\nend\r\n`), plain],
    }),
  },
  {
    number: 52,
    name: 'LIST claims far too little',
    expected: 'exact',
    server: () => ({
      messages: [Buffer.from(`a: b\r\n\r\n${line(70).repeat(30_000)}`), ...three],
      sizes: [1, 1, 1, 1],
    }),
  },
  {
    number: 53,
    name: 'LIST claims far too much',
    expected: 'exact',
    server: () => ({ messages: three, sizes: [200_000_000, 200_000_000, 200_000_000] }),
  },
  {
    number: 54,
    name: 'a message above our limit is left, the others come',
    expected: { without: [1], code: 'too-large' },
    limits: { message: 5_000 },
    server: () => ({ messages: [Buffer.from(`a: b\r\n\r\n${line(6_000)}`), ...three] }),
  },
  {
    number: 55,
    name: 'refuses one message, the others come',
    expected: { without: [2], code: 'server-error' },
    server: () => ({
      messages: three,
      script: (connection, verb, rest) =>
        verb === 'RETR' && rest === '2' && (connection.say('-ERR message 2 is broken'), true),
    }),
  },
  {
    number: 56,
    name: 'garbage instead of a reply to RETR',
    expected: { code: 'protocol', reason: 'garbage', serverLine: '* OK this is IMAP' },
    server: () => ({ messages: three, ...answer('RETR', '* OK this is IMAP') }),
  },
  {
    number: 57,
    name: 'a listing of garbage',
    expected: { code: 'protocol', reason: 'bad-listing' },
    server: () => ({ messages: three, ...answer('LIST', '+OK\r\none big\r\n.') }),
  },
  {
    number: 58,
    name: 'a listing without end',
    expected: { code: 'protocol', reason: 'list-too-long' },
    limits: { listing: 100_000 },
    server: () => ({ messages: three, ...answer('UIDL', `+OK\r\n${'1 x\r\n'.repeat(50_000)}.`) }),
  },
  {
    number: 59,
    name: 'a listing with a number beyond counting',
    expected: { code: 'protocol', reason: 'bad-listing' },
    server: () => ({ messages: three, ...answer('UIDL', '+OK\r\n99999999999999999999 a\r\n.') }),
  },
  {
    number: 60,
    name: 'LIST is refused',
    expected: { code: 'server-error' },
    server: () => ({ messages: three, ...answer('LIST', '-ERR no') }),
  },
  {
    number: 61,
    name: 'no UIDL',
    expected: 'exact',
    server: () => ({ messages: three, ...answer('UIDL', '-ERR unknown command') }),
  },
  {
    number: 62,
    name: 'a UIDL missing in the middle',
    expected: 'exact',
    server: () => ({ messages: three, uidls: ['a', null, 'c'] }),
  },
  {
    number: 63,
    name: 'one UIDL for two messages',
    expected: 'exact',
    server: () => ({ messages: three, uidls: ['a', 'a', 'c'] }),
  },
  {
    number: 64,
    name: 'drops between two messages',
    expected: { code: 'dropped' },
    server: () => ({
      messages: three,
      script: (connection, verb, rest) =>
        verb === 'RETR' && rest === '2' && (connection.socket.destroy(), true),
    }),
  },
  {
    number: 65,
    name: 'a dot line in front of everything',
    expected: 'exact',
    server: () => ({ messages: one('.\r\n\r\nx\r\n') }),
  },
  {
    number: 66,
    name: 'a message that never ends',
    expected: { code: 'protocol', reason: 'endless' },
    limits: { message: 5_000 },
    server: () => ({ messages: three, ...flood('RETR') }),
  },
  {
    number: 67,
    name: 'a listing that never ends',
    expected: { code: 'protocol', reason: 'endless' },
    limits: { message: 5_000, listing: 5_000 },
    server: () => ({ messages: three, ...flood('LIST') }),
  },
];

/** Answers with lines for as long as anybody listens. */
function flood(verb: string): FakePop3Options {
  return {
    script: at(verb, ({ socket, say }) => {
      say('+OK');
      const pour = (): void => {
        if (!socket.writable) return;
        if (socket.write(line(998))) setImmediate(pour);
        else socket.once('drain', pour);
      };
      pour();
    }),
  };
}
