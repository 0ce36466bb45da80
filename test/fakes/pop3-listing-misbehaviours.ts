import { answer, at, dribble, one, type Misbehaviour } from './pop3-misbehaviours.ts';
import { FULL_CAPABILITIES, type FakeConnection, type FakePop3Options } from './pop3-server.ts';

const three = [
  ...one('Subject: a\r\n\r\nfirst\r\n'),
  ...one('Subject: b\r\n\r\n'),
  ...one('Subject: c\r\n\r\nlast\r\n'),
];
const sizes = three.map((mail, index) => `${index + 1} ${mail.length}`);

/** Does it when a command came in one packet with another: what says PIPELINING and cannot. */
function together(act: (connection: FakeConnection) => void): FakePop3Options {
  return {
    messages: three,
    script: (connection) => connection.nth > 1 && (act(connection), true),
  };
}

/** Listings that lie, servers that lie about pipelining, and ends that are none. */
export const LISTING_MISBEHAVIOURS: Misbehaviour[] = [
  {
    number: 110,
    name: 'says PIPELINING and loses all but the first command of a packet',
    limits: { idleMs: 400 },
    expected: { code: 'timeout', reason: 'idle' },
    server: () => together(() => undefined),
  },
  {
    number: 111,
    name: 'says PIPELINING and breaks off at the second command',
    expected: { code: 'dropped' },
    server: () => together(({ socket }) => socket.destroy()),
  },
  {
    number: 112,
    name: 'says PIPELINING and answers the second command with garbage',
    expected: { code: 'protocol', reason: 'garbage' },
    server: () => together(({ say }) => say('?')),
  },
  {
    number: 113,
    name: 'known to be like that, and spoken to one command at a time',
    known: { capabilities: null, lockstep: 'all' },
    listing: true,
    expected: 'exact',
    server: () => together(({ socket }) => socket.destroy()),
  },
  {
    number: 114,
    name: 'answers every command twice',
    expected: { code: 'protocol' },
    server: () => ({
      messages: three,
      script: (connection, verb) => verb === 'USER' && (connection.say('+OK\r\n+OK'), true),
    }),
  },
  {
    number: 115,
    name: 'the UIDL list twice over',
    expected: { code: 'protocol', reason: 'garbage' },
    server: () => ({
      messages: three,
      ...answer('UIDL', '+OK\r\n1 a\r\n2 b\r\n3 c\r\n.\r\n1 a\r\n2 b\r\n3 c\r\n.'),
    }),
  },
  {
    number: 116,
    name: 'one number twice in the UIDL list: the first counts',
    expected: 'exact',
    server: () => ({ messages: three, ...answer('UIDL', '+OK\r\n1 a\r\n1 z\r\n2 b\r\n3 c\r\n.') }),
  },
  {
    number: 117,
    name: 'lists out of order',
    expected: 'exact',
    server: () => ({
      messages: three,
      script: (connection, verb) => {
        if (verb === 'UIDL') connection.say('+OK\r\n3 c\r\n1 a\r\n2 b\r\n.');
        else if (verb === 'LIST') connection.say(`+OK\r\n${sizes.toReversed().join('\r\n')}\r\n.`);
        else return false;
        return true;
      },
    }),
  },
  {
    number: 118,
    name: 'UIDL names a message that LIST does not know',
    expected: 'exact',
    server: () => ({ messages: three, ...answer('LIST', `+OK\r\n${sizes.slice(0, 2).join('\r\n')}\r\n.`) }),
  },
  {
    number: 119,
    name: 'LIST names a message that UIDL does not know',
    expected: 'exact',
    server: () => ({ messages: three, ...answer('UIDL', '+OK\r\n1 a\r\n3 c\r\n.') }),
  },
  {
    number: 120,
    name: 'UIDL names a message that is not there',
    expected: { without: [9], code: 'server-error' },
    server: () => ({ messages: three, ...answer('UIDL', '+OK\r\n1 a\r\n2 b\r\n3 c\r\n9 i\r\n.') }),
  },
  {
    number: 121,
    name: 'the lists of LIST and UIDL exchanged',
    expected: { code: 'protocol', reason: 'bad-listing' },
    server: () => ({
      messages: three,
      script: (connection, verb) => {
        if (verb === 'LIST') connection.say('+OK\r\n1 1.a\r\n2 2.b\r\n3 3.c\r\n.');
        else if (verb === 'UIDL') connection.say(`+OK\r\n${sizes.join('\r\n')}\r\n.`);
        else return false;
        return true;
      },
    }),
  },
  {
    number: 122,
    name: 'sizes with something behind them',
    expected: 'exact',
    server: () => ({
      messages: three,
      ...answer('LIST', `+OK\r\n${sizes.map((line) => `${line} octets`).join('\r\n')}\r\n.`),
    }),
  },
  {
    number: 123,
    name: 'a negative size',
    expected: { code: 'protocol', reason: 'bad-listing' },
    server: () => ({ messages: three, ...answer('LIST', '+OK\r\n1 -5\r\n.') }),
  },
  {
    number: 124,
    name: 'UIDLs of every byte that is none of ASCII',
    expected: 'exact',
    server: () => ({
      messages: three,
      script: at('UIDL', ({ write }) =>
        write(Buffer.from('+OK\r\n1 \xe1\xff\r\n2 \x7f\x01\r\n3 a b\r\n.\r\n', 'latin1')),
      ),
    }),
  },
  {
    number: 125,
    name: 'a UIDL of 2,000 characters',
    expected: { code: 'protocol', reason: 'bad-listing' },
    server: () => ({ messages: three, uidls: ['a'.repeat(2000), 'b', 'c'] }),
  },
  {
    number: 126,
    name: 'more bytes than the idle time-out asks for, and fewer than a session earns',
    limits: { idleMs: 500, startMs: 400, bytesPerSecond: 1 << 20, replyMs: 0 },
    expected: { code: 'timeout', reason: 'session' },
    server: () => ({
      messages: three.slice(0, 1),
      script: at('RETR', (connection) => dribble(connection, Buffer.from('+OK\r\n'.padEnd(100_000, 'x')), 0)),
    }),
  },
  {
    number: 127,
    name: 'one byte at a time in the middle of a message',
    limits: { idleMs: 500 },
    expected: { code: 'timeout', reason: 'idle' },
    server: () => ({
      messages: three.slice(0, 1),
      script: at('RETR', (connection) => dribble(connection, Buffer.from('+OK\r\n'.padEnd(900, 'x')), 20)),
    }),
  },
  {
    number: 128,
    name: 'refuses QUIT',
    expected: { code: 'server-error', serverLine: '-ERR some deleted messages not removed' },
    server: () => ({ messages: three, ...answer('QUIT', '-ERR some deleted messages not removed') }),
  },
  {
    number: 129,
    name: 'gone at QUIT',
    expected: { code: 'dropped' },
    server: () => ({ messages: three, script: at('QUIT', ({ socket }) => socket.destroy()) }),
  },
  {
    number: 130,
    name: 'refuses a message for ever',
    expected: { without: [2], code: 'server-error' },
    server: () => ({
      messages: three,
      capabilities: FULL_CAPABILITIES,
      script: (connection, verb, rest) =>
        verb === 'RETR' && rest === '2' && (connection.say('-ERR [SYS/PERM] broken'), true),
    }),
  },
];
