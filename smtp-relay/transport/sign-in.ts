import { createHmac } from 'node:crypto';
import type { SmtpSettings } from '../../common/shapes/account.ts';
import { isPositive, type Reply } from './wire/reply-reader.ts';
import type { SmtpWire } from './wire/smtp-wire.ts';
import { ReplyError } from './wire/wire-error.ts';

export interface Login {
  user: string;
  secret: string | null;
  auth: SmtpSettings['auth'];
}

type Mechanism = 'PLAIN' | 'LOGIN' | 'CRAM-MD5' | 'XOAUTH2' | 'OAUTHBEARER';

/**
 * Which SASL mechanism signs in: the one that the account names, else the first of ours that the host offers; in the
 * clear one that does not show the password comes first. A token never goes out as a password, and a refused mechanism
 * is never followed by another.
 */
export function chooseMechanism(
  auth: SmtpSettings['auth'],
  offered: readonly string[],
  isEncrypted: boolean,
): Mechanism {
  if (auth === 'xoauth2') return 'XOAUTH2';
  if (auth === 'oauthbearer') return 'OAUTHBEARER';
  if (auth === 'plain') return 'PLAIN';
  if (auth === 'login') return 'LOGIN';
  const plain = ['PLAIN', 'LOGIN'] as const;
  const known = isEncrypted ? ([...plain, 'CRAM-MD5'] as const) : (['CRAM-MD5', ...plain] as const);
  return known.find((mechanism) => offered.includes(mechanism)) ?? 'PLAIN';
}

/** RFC 4954. Throws ReplyError `login` when the host refuses. */
export async function signIn(
  wire: SmtpWire,
  login: Login,
  where: { host: string; port: number; offered: readonly string[] },
): Promise<void> {
  const secret = login.secret ?? '';
  const ask = async (line: string): Promise<Reply> => {
    wire.write(`${line}\r\n`);
    return await wire.read();
  };
  const mechanism = chooseMechanism(login.auth, where.offered, wire.tls !== null);
  let reply: Reply;
  switch (mechanism) {
    case 'PLAIN':
      reply = await ask(`AUTH PLAIN ${encode(`\0${login.user}\0${secret}`)}`);
      break;
    case 'LOGIN':
      reply = await ask('AUTH LOGIN');
      if (reply.code === 334) reply = await ask(encode(login.user));
      if (reply.code === 334) reply = await ask(encode(secret));
      break;
    case 'CRAM-MD5':
      reply = await ask('AUTH CRAM-MD5');
      if (reply.code === 334) reply = await ask(answerCram(login.user, secret, reply));
      break;
    case 'XOAUTH2':
      reply = await ask(
        `AUTH XOAUTH2 ${encode(`user=${login.user}\u0001auth=Bearer ${secret}\u0001\u0001`)}`,
      );
      // A refused token comes as a challenge with the reason in JSON; the answer to it brings the real refusal.
      if (reply.code === 334) reply = await ask('');
      break;
    case 'OAUTHBEARER': {
      const name = login.user.replace(/=/g, '=3D').replace(/,/g, '=2C');
      const first = `n,a=${name},\u0001host=${where.host}\u0001port=${where.port}\u0001auth=Bearer ${secret}\u0001\u0001`;
      reply = await ask(`AUTH OAUTHBEARER ${encode(first)}`);
      // RFC 7628 3.2.3.
      if (reply.code === 334) reply = await ask('AQ==');
      break;
    }
  }
  if (!isPositive(reply)) throw new ReplyError(reply, 'login');
}

/** RFC 2195. */
function answerCram(user: string, secret: string, { lines: [line = ''] }: Reply): string {
  const challenge = Buffer.from(line.slice(4), 'base64');
  return encode(`${user} ${createHmac('md5', secret).update(challenge).digest('hex')}`);
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}
