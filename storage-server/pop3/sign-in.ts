import { createHash } from 'node:crypto';
import { MailError } from '../../common/errors.ts';
import type { Pop3Settings } from '../../common/shapes/account.ts';
import type { Opened } from './open.ts';
import { explainRefusal, type Reply } from './reply.ts';

type Method = 'user' | 'plain' | 'login' | 'apop';

/** Signs in once, never a second way after a refusal: a wrong password counts once at the server. `auth-failed`, `in-use`, `login-delay` or `server-error`. */
export async function signIn(opened: Opened, settings: Pop3Settings, secret: string): Promise<void> {
  refuseControls(settings.user, 'user');
  refuseControls(secret, 'password');
  opened.wire.hide(secret);
  const method = chooseMethod(opened, settings);
  const reply = await METHODS[method](opened, settings.user, secret);
  if (reply.kind !== 'ok') throw explainRefusal(reply, 'login', opened.capabilities.loginDelay);
}

/** A line break in a name would be a second command (RFC 1939 has no quoting). */
function refuseControls(text: string, field: string): void {
  if (/[\r\n\u0000]/.test(text)) {
    throw new MailError('invalid', `${field} holds a line break or NUL`, {
      reason: 'control-character',
      field,
    });
  }
}

function chooseMethod({ capabilities, tls }: Opened, settings: Pop3Settings): Method {
  const { auth } = settings;
  if (auth === 'user' || auth === 'plain' || auth === 'login' || auth === 'apop') return auth;
  if (auth !== 'auto')
    throw new MailError('not-yet', `signing in by ${auth} is not there yet`, { params: { auth } });
  if (tls !== null && capabilities.sasl.includes('PLAIN')) return 'plain';
  const offersPassword = capabilities.user || capabilities.sasl.length === 0;
  if (offersPassword || tls === null) return 'user';
  if (capabilities.sasl.includes('LOGIN')) return 'login';
  throw new MailError('auth-failed', 'the server takes no password', {
    reason: 'no-password-method',
    params: { offered: capabilities.sasl.join(' ') },
  });
}

const METHODS: Record<Method, (opened: Opened, user: string, secret: string) => Promise<Reply>> = {
  /** RFC 1939 section 7; in one packet where the server said PIPELINING. */
  async user({ wire, capabilities }, user, secret) {
    if (!capabilities.pipelining) {
      const named = await wire.ask(`USER ${user}`);
      return named.kind === 'ok' ? await wire.ask(`PASS ${secret}`) : named;
    }
    const replies: Promise<Reply>[] = [];
    wire.join(() => replies.push(wire.ask(`USER ${user}`), wire.ask(`PASS ${secret}`)));
    const [named, passed] = await Promise.all(replies);
    return named!.kind === 'ok' ? passed! : named!;
  },

  /** RFC 4616 by RFC 5034: with the command where that fits its 255 octets, else after the continuation. */
  async plain({ wire }, user, secret) {
    const response = Buffer.from(`\0${user}\0${secret}`).toString('base64');
    const line = `AUTH PLAIN ${response}`;
    if (line.length <= 253) return await wire.ask(line);
    const ready = await wire.ask('AUTH PLAIN');
    return ready.kind === 'continue' ? await wire.ask(response) : ready;
  },

  async login({ wire }, user, secret) {
    let reply = await wire.ask('AUTH LOGIN');
    for (const answer of [user, secret]) {
      if (reply.kind !== 'continue') return reply;
      reply = await wire.ask(Buffer.from(answer).toString('base64'));
    }
    return reply;
  },

  /** RFC 1939 section 7, APOP: MD5 of the greeting's timestamp and the secret. */
  async apop({ wire, greeting }, user, secret) {
    const timestamp = /<[^<>\s]+@[^<>\s]+>/.exec(greeting.text)?.[0];
    if (timestamp === undefined) {
      throw new MailError('auth-failed', 'the server offers no APOP', {
        reason: 'no-apop',
        temporary: false,
      });
    }
    const digest = createHash('md5')
      .update(timestamp + secret)
      .digest('hex');
    return await wire.ask(`APOP ${user} ${digest}`);
  },
};
