import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { MailError } from '../../../common/errors.ts';
import { breakOff, decodeChallenge, type Credentials, type Mechanism } from './mechanism.ts';
import { prepareText } from './saslprep.ts';

/** RFC 7677 section 4 wants at least 4,096 rounds: with fewer the proof is easy to guess from. Beyond the most it is our time that is wanted. */
const ROUNDS = { least: 4096, most: 1_000_000 } as const;
/** GS2 header: no channel binding, no authorization identity. */
const HEADER = 'n,,';

const derive = promisify(pbkdf2);

/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677): the password never leaves, and the server proves that it knows it too.
 * `nonce` is for test vectors; without it, it is made.
 */
export function makeScramSha256({ user, secret }: Credentials, nonce = makeNonce()): Mechanism {
  const password = prepareText(secret, 'password');
  const name = prepareText(user, 'user').replaceAll('=', '=3D').replaceAll(',', '=2C');
  const bare = `n=${name},r=${nonce}`;
  let step: 'prove' | 'verify' | 'done' = 'prove';
  let signature: Buffer | null = null;
  let proven = false;

  async function prove(challenge: string): Promise<Buffer> {
    const said = decodeChallenge(challenge).toString('utf8');
    const { salt, rounds, joint } = readServerFirst(said, nonce);
    const salted = await derive(password, salt, rounds, 32, 'sha256');
    const clientKey = sign(salted, 'Client Key');
    const withoutProof = `c=${Buffer.from(HEADER).toString('base64')},r=${joint}`;
    const message = `${bare},${said},${withoutProof}`;
    const mask = sign(createHash('sha256').update(clientKey).digest(), message);
    const proof = clientKey.map((byte, index) => byte ^ mask[index]!);
    signature = sign(sign(salted, 'Server Key'), message);
    return Buffer.from(`${withoutProof},p=${Buffer.from(proof).toString('base64')}`);
  }

  /** An error (`e=`) is answered by an empty line: the server's `-ERR` follows. */
  function verify(challenge: string): Buffer {
    const said = decodeChallenge(challenge).toString('utf8');
    if (said.startsWith('e=')) return Buffer.alloc(0);
    const given = Buffer.from(/^v=([A-Za-z0-9+/]+={0,2})(,|$)/.exec(said)?.[1] ?? '', 'base64');
    proven = given.length === signature!.length && timingSafeEqual(given, signature!);
    if (!proven) throw explainUnproven();
    return Buffer.alloc(0);
  }

  return {
    name: 'SCRAM-SHA-256',
    first: Buffer.from(HEADER + bare),
    inOneLine: true,
    respond(challenge) {
      if (step === 'prove') {
        step = 'verify';
        return prove(challenge);
      }
      if (step !== 'verify') throw breakOff('a challenge after the end of SCRAM');
      step = 'done';
      return verify(challenge);
    },
    confirm() {
      if (!proven) throw explainUnproven();
    },
  };
}

function makeNonce(): string {
  return randomBytes(24).toString('base64url');
}

function sign(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Anything may answer `+OK`; only who has the account's password can sign. */
function explainUnproven(): MailError {
  return new MailError('auth-failed', 'the server did not prove that it knows the password', {
    reason: 'server-unproven',
    temporary: false,
  });
}

/** `r=…,s=…,i=…` of RFC 5802 section 7; the nonce must begin with ours. */
export function readServerFirst(
  said: string,
  nonce: string,
): { salt: Buffer; rounds: number; joint: string } {
  const match = /^r=([!-+\--~]+),s=([A-Za-z0-9+/]+={0,2}),i=(\d{1,10})(?:,[A-Za-z]=[^,]*)*$/.exec(said);
  const [, joint = '', salt = '', digits = ''] = match ?? [];
  if (match === null || !joint.startsWith(nonce) || joint.length === nonce.length || joint.length > 1000) {
    throw breakOff('not the first message of SCRAM');
  }
  const rounds = Number(digits);
  if (rounds < ROUNDS.least || rounds > ROUNDS.most) {
    throw new MailError('auth-failed', 'an unreasonable number of rounds', {
      reason: 'scram-rounds',
      params: { rounds },
      temporary: false,
    });
  }
  return { salt: Buffer.from(salt, 'base64'), rounds, joint };
}
