import { answer, at, one, SOON, type Misbehaviour } from './pop3-misbehaviours.ts';
import { FULL_CAPABILITIES } from './pop3-server.ts';

const MAIL = one('Subject: a\r\n\r\nb\r\n');
const LANGUAGES = [...FULL_CAPABILITIES, 'UTF8 USER', 'LANG'];

/** CAPA, and what RFC 6856 lets a server offer there. */
export const CAPABILITY_MISBEHAVIOURS: Misbehaviour[] = [
  {
    number: 88,
    name: 'CAPA without end',
    expected: { code: 'protocol', reason: 'endless' },
    server: () => answer('CAPA', `+OK\r\n${'X-JUNK\r\n'.repeat(100_000)}`),
  },
  {
    number: 89,
    name: 'CAPA of a thousand lines, with control characters and small letters',
    expected: 'exact',
    server: () => ({
      messages: MAIL,
      capabilities: [
        'user',
        'pipelining',
        'uidl',
        '\u0001\u0002',
        ...Array.from({ length: 1000 }, () => 'X-JUNK'),
      ],
    }),
  },
  {
    number: 90,
    name: 'CAPA that trickles',
    limits: SOON,
    expected: { code: 'timeout', reason: 'idle' },
    server: () => ({ script: at('CAPA', ({ write }) => write('+OK\r\nUS')) }),
  },
  {
    number: 91,
    name: 'UTF8 and LANG offered and refused',
    expected: 'exact',
    server: () => ({
      messages: MAIL,
      capabilities: LANGUAGES,
      script: (connection, verb) => (verb === 'UTF8' || verb === 'LANG') && (connection.say('-ERR no'), true),
    }),
  },
  {
    number: 92,
    name: 'LANG answered in bytes of another character set',
    expected: 'exact',
    server: () => ({
      messages: MAIL,
      capabilities: LANGUAGES,
      script: at('LANG', ({ write }) => write(Buffer.from('+OK es \xe9\xff\xfe\r\n', 'latin1'))),
    }),
  },
  {
    number: 93,
    name: 'LANG answered with a list',
    expected: { code: 'protocol', reason: 'garbage' },
    server: () => ({
      capabilities: LANGUAGES,
      ...answer('LANG', '+OK languages:\r\nen English\r\nes Spanish\r\n.'),
    }),
  },
  {
    number: 94,
    name: 'UTF8 answered by a break',
    expected: { code: 'dropped' },
    server: () => ({ capabilities: LANGUAGES, script: at('UTF8', ({ socket }) => socket.destroy()) }),
  },
];
