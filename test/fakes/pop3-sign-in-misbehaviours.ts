import { parseCapabilities } from '../../storage-server/pop3/capabilities.ts';
import type { KnownServer } from '../../storage-server/pop3/known-server.ts';
import { answer, at, one, type Misbehaviour } from './pop3-misbehaviours.ts';
import {
  bearerDialogue,
  plainDialogue,
  scramDialogue,
  serveSasl,
  type Dialogue,
  type ScramFaults,
} from './pop3-sasl.ts';
import { FULL_CAPABILITIES, type FakePop3Options } from './pop3-server.ts';

const MAIL = one('Subject: a\r\n\r\nb\r\n');
const XOAUTH2 = { auth: 'xoauth2' } as const;
const SCRAM = { auth: 'scram-sha-256' } as const;

function offer(name: string, dialogue: () => Dialogue, oneLine = true): FakePop3Options {
  const script = serveSasl({ [name]: dialogue }, { oneLine });
  return { messages: MAIL, capabilities: ['UIDL', `SASL ${name}`], script };
}

function scram(faults: ScramFaults): () => FakePop3Options {
  return () => offer('SCRAM-SHA-256', () => scramDialogue('secret', faults));
}

/** Says these challenges, whatever it hears. */
function script(...challenges: (string | { end: string })[]): Dialogue {
  let next = 0;
  return {
    next() {
      const step = challenges[Math.min(next++, challenges.length - 1)]!;
      return typeof step === 'string' ? { challenge: Buffer.from(step) } : step;
    },
  };
}

function remember(...lines: string[]): KnownServer {
  return { capabilities: parseCapabilities(lines.join('\r\n')), lockstep: 'no' };
}

const BEFORE = remember(...FULL_CAPABILITIES);

/** What may go wrong between the greeting and the first listing, beyond passwords. */
export const SIGN_IN_MISBEHAVIOURS: Misbehaviour[] = [
  {
    number: 70,
    name: 'closes when a token comes with the command, as Microsoft does',
    settings: XOAUTH2,
    expected: 'exact',
    server: () => offer('XOAUTH2', () => bearerDialogue('xoauth2'), false),
  },
  {
    number: 71,
    name: 'a token refused by XOAUTH2',
    settings: XOAUTH2,
    secret: 'old',
    expected: {
      code: 'needs-sign-in',
      reason: 'oauth-refused',
      serverLine: '-ERR [AUTH] Authentication failed.',
      temporary: false,
    },
    server: () => offer('XOAUTH2', () => bearerDialogue('xoauth2')),
  },
  {
    number: 72,
    name: 'a token refused by OAUTHBEARER',
    settings: { auth: 'oauthbearer' },
    secret: 'old',
    expected: { code: 'needs-sign-in', reason: 'oauth-refused' },
    server: () => offer('OAUTHBEARER', () => bearerDialogue('oauthbearer')),
  },
  {
    number: 73,
    name: 'a token refused in words that are no JSON',
    settings: XOAUTH2,
    expected: { code: 'needs-sign-in', reason: 'oauth-refused', serverLine: '-ERR no' },
    server: () => offer('XOAUTH2', () => script('', 'you may not', { end: '-ERR no' })),
  },
  {
    number: 74,
    name: 'a token refused, and gone without -ERR',
    settings: XOAUTH2,
    expected: { code: 'dropped' },
    server: () => ({
      ...offer('XOAUTH2', () => script('', '{"status":"400"}')),
      script: (connection, verb) => {
        if (verb === 'AUTH') connection.say('+ ');
        else if (verb === '') connection.socket.destroy();
        else if (connection.line.startsWith('dXNlcj')) connection.say('+ eyJzdGF0dXMiOiI0MDAifQ==');
        else return false;
        return true;
      },
    }),
  },
  {
    number: 75,
    name: 'trouble of its own while it checks a token',
    settings: XOAUTH2,
    expected: { code: 'server-error', temporary: true },
    server: () => offer('XOAUTH2', () => script('', { end: '-ERR [SYS/TEMP] cannot ask' })),
  },
  {
    number: 76,
    name: 'the way that is set is not offered: no token leaves',
    settings: XOAUTH2,
    expected: { code: 'auth-failed', reason: 'mechanism-not-offered', temporary: false },
    server: () => ({ capabilities: ['SASL PLAIN'], script: at('AUTH', ({ say }) => say('+OK')) }),
  },
  {
    number: 77,
    name: 'SCRAM with a wrong server signature',
    settings: SCRAM,
    expected: { code: 'auth-failed', reason: 'server-unproven', temporary: false },
    server: scram({ signature: Buffer.alloc(32, 7) }),
  },
  {
    number: 78,
    name: 'SCRAM that lets in without a server signature',
    settings: SCRAM,
    expected: { code: 'auth-failed', reason: 'server-unproven' },
    server: scram({ unproven: true }),
  },
  {
    number: 79,
    name: 'SCRAM that lets in at the first line',
    settings: SCRAM,
    expected: { code: 'auth-failed', reason: 'server-unproven' },
    server: () => offer('SCRAM-SHA-256', () => script({ end: '+OK' })),
  },
  {
    number: 80,
    name: 'SCRAM with two thousand million rounds',
    settings: SCRAM,
    expected: { code: 'auth-failed', reason: 'scram-rounds', temporary: false },
    server: scram({ rounds: 2_000_000_000 }),
  },
  {
    number: 81,
    name: 'SCRAM with one round, easy to guess from',
    settings: SCRAM,
    expected: { code: 'auth-failed', reason: 'scram-rounds' },
    server: scram({ rounds: 1 }),
  },
  {
    number: 82,
    name: 'SCRAM with a nonce that is not ours',
    settings: SCRAM,
    expected: { code: 'protocol', reason: 'sasl' },
    server: scram({ foreignNonce: true }),
  },
  {
    number: 83,
    name: 'SCRAM with a wrong password, told by e=',
    settings: SCRAM,
    secret: 'wrong',
    expected: { code: 'auth-failed', serverLine: '-ERR [AUTH] no' },
    server: scram({}),
  },
  {
    number: 84,
    name: 'a challenge that is no base64',
    settings: SCRAM,
    expected: { code: 'protocol', reason: 'sasl', serverLine: '*what*' },
    server: () => ({ capabilities: ['SASL SCRAM-SHA-256'], ...answer('AUTH', '+ *what*') }),
  },
  {
    number: 85,
    name: 'questions without end',
    settings: { auth: 'login' },
    expected: { code: 'protocol', reason: 'sasl' },
    server: () => offer('LOGIN', () => script('Password:')),
  },
  {
    number: 86,
    name: 'a challenge to a password that was sent already',
    settings: { auth: 'plain' },
    expected: { code: 'protocol', reason: 'sasl' },
    server: () => offer('PLAIN', () => script('again')),
  },
  {
    number: 87,
    name: 'the first response refused in the line, taken after it',
    settings: { auth: 'plain' },
    secret: 'p'.repeat(250),
    expected: 'exact',
    server: () => offer('PLAIN', () => plainDialogue('alice', 'p'.repeat(250)), false),
  },
  {
    number: 95,
    name: 'no longer knows the way to sign in that it offered yesterday',
    known: remember('SASL PLAIN'),
    expected: 'exact',
    server: () => ({
      messages: MAIL,
      ...answer('AUTH', '-ERR unknown command'),
      capabilities: ['USER', 'UIDL'],
    }),
  },
  {
    number: 96,
    name: 'no longer offers STLS, as it did yesterday',
    settings: { tls: 'starttls' },
    known: remember('SASL PLAIN', 'STLS'),
    expected: { code: 'tls', reason: 'starttls-refused' },
    server: () => answer('STLS', '-ERR unknown command'),
  },
  {
    number: 97,
    name: 'a wrong password where the server is known: refused once',
    known: BEFORE,
    secret: 'other',
    listing: true,
    expected: { code: 'auth-failed', serverLine: '-ERR [AUTH] wrong password' },
    server: () => ({ messages: MAIL }),
  },
  {
    number: 98,
    name: 'closes with the refusal, while the listing is on its way',
    known: BEFORE,
    secret: 'other',
    listing: true,
    expected: { code: 'auth-failed', serverLine: '-ERR [AUTH] wrong' },
    server: () => ({ script: at('PASS', ({ socket }) => socket.end('-ERR [AUTH] wrong\r\n')) }),
  },
  {
    number: 99,
    name: 'says +OK to STLS and goes on in the clear',
    settings: { tls: 'starttls' },
    expected: { code: 'tls', reason: 'not-tls' },
    server: () => ({
      capabilities: ['STLS'],
      script: at(
        'STLS',
        ({ say, socket }) => (say('+OK go on'), setTimeout(() => socket.write('+OK still here\r\n'), 50)),
      ),
    }),
  },
  {
    number: 100,
    name: 'repeats the line with the token in its refusal',
    settings: XOAUTH2,
    expected: { code: 'needs-sign-in', serverLine: '-ERR [AUTH] bad: *** and ***' },
    server: () => ({
      capabilities: ['SASL XOAUTH2'],
      script: (connection, verb) => {
        if (verb === 'CAPA') return false;
        connection.say(verb === 'AUTH' ? '+ ' : `-ERR [AUTH] bad: ${connection.line} and secret`);
        return true;
      },
    }),
  },
];
