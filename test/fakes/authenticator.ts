import {
  createHash,
  createHmac,
  createSign,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import type {
  NewPasskey,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyRequest,
} from '../../common/shapes/passkey.ts';

/** How this authenticator behaves; every field may be changed between two uses. */
export interface AuthenticatorManners {
  origin: string;
  algorithm: 'ES256' | 'EdDSA';
  /** Whether it knows its owner by finger, face or PIN. */
  verifiesUser: boolean;
  /** Grows by one with each signature; null: it counts nothing, as synced passkeys do. */
  counter: number | null;
  /** Whether it has the PRF extension. */
  computes: boolean;
}

export interface SoftAuthenticator {
  manners: AuthenticatorManners;
  create(options: PasskeyCreation): NewPasskey;
  /** With the key whose id is asked for, else the one that it made last. */
  get(options: PasskeyRequest): PasskeyAnswer;
  /** One that holds the same keys: what a thief would make. */
  clone(): SoftAuthenticator;
}

interface Key {
  id: Buffer;
  rpId: string;
  user: Buffer;
  privateKey: KeyObject;
  algorithm: AuthenticatorManners['algorithm'];
  /** What it computes with, beside whether its owner was verified: CredRandom (CTAP 2.1, 12.5). */
  secret: Buffer | null;
}

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

/** A browser with an authenticator in one: real keys, COSE, CBOR and signatures (WebAuthn Level 3, 6 and 7; RFC 8949, 9052). */
export function makeAuthenticator(
  origin: string,
  more: Partial<AuthenticatorManners> = {},
  keys: Key[] = [],
): SoftAuthenticator {
  const manners: AuthenticatorManners = {
    origin,
    algorithm: 'ES256',
    verifiesUser: true,
    counter: 0,
    computes: true,
    ...more,
  };
  const count = (): number => (manners.counter === null ? 0 : (manners.counter += 1));
  const flags = (): number => FLAGS.present | (manners.verifiesUser ? FLAGS.verified : 0);
  return {
    manners,
    clone: () => makeAuthenticator(origin, { ...manners }, [...keys]),
    create: (options) => {
      const { key, cose } = makeKey(options, manners.algorithm);
      keys.push(key);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(key.id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, key.id, cose]);
      const data = Buffer.concat([head(key.rpId, flags() | FLAGS.attested, count()), attested]);
      const object = map([
        [text('fmt'), text('none')],
        [text('attStmt'), map([])],
        [text('authData'), bytes(data)],
      ]);
      return {
        id: encode(key.id),
        rawId: encode(key.id),
        type: 'public-key',
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, manners.origin),
          attestationObject: encode(object),
          transports: ['internal', 'hybrid'],
        },
      };
    },
    get: (options) => {
      const asked = options.allowCredentials.map(({ id }) => id);
      const key = keys.findLast((one) => asked.length === 0 || asked.includes(encode(one.id)));
      if (key === undefined) throw new Error('no key of these is here');
      const client = clientData('webauthn.get', options.challenge, manners.origin);
      const data = head(key.rpId, flags(), count());
      const hash = createHash('sha256').update(Buffer.from(client, 'base64url')).digest();
      const first = options.extensions?.prf.eval.first;
      const prf = first !== undefined && manners.computes ? compute(key, manners.verifiesUser, first) : null;
      return {
        ...(prf === null ? {} : { prf }),
        id: encode(key.id),
        rawId: encode(key.id),
        type: 'public-key',
        response: {
          clientDataJSON: client,
          authenticatorData: encode(data),
          signature: encode(signWith(key, Buffer.concat([data, hash]))),
          userHandle: encode(key.user),
        },
      };
    },
  };
}

function makeKey(options: PasskeyCreation, algorithm: Key['algorithm']): { key: Key; cose: Buffer } {
  const { rp, user } = options;
  const id = randomBytes(32);
  // As with most keys: only one that was made for it computes.
  const secret = 'prf' in options.extensions ? randomBytes(32) : null;
  const owner = {
    id,
    rpId: rp.id,
    user: Buffer.from(user.id, 'base64url'),
    algorithm,
    secret,
  };
  if (algorithm === 'EdDSA') {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { x } = publicKey.export({ format: 'jwk' });
    // OKP, EdDSA, curve Ed25519 (RFC 9053, 7.2).
    const cose = map([
      [int(1), int(1)],
      [int(3), int(-8)],
      [int(-1), int(6)],
      [int(-2), bytes(decode(x))],
    ]);
    return { key: { ...owner, privateKey }, cose };
  }
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  // EC2, ES256, curve P-256 (RFC 9053, 7.1.1).
  const cose = map([
    [int(1), int(2)],
    [int(3), int(-7)],
    [int(-1), int(1)],
    [int(-2), bytes(decode(x))],
    [int(-3), bytes(decode(y))],
  ]);
  return { key: { ...owner, privateKey }, cose };
}

function signWith({ algorithm, privateKey }: Key, data: Buffer): Buffer {
  return algorithm === 'EdDSA'
    ? sign(null, data, privateKey)
    : createSign('sha256').update(data).sign(privateKey);
}

/** As browsers ask authenticators for it (WebAuthn Level 3, 10.1.4): the value never reaches them as it is. */
function compute({ secret }: Key, verified: boolean, first: string): string | null {
  if (secret === null) return null;
  const salt = createHash('sha256').update('WebAuthn PRF\0').update(decode(first)).digest();
  return createHmac('sha256', secret)
    .update(verified ? 'verified' : 'present')
    .update(salt)
    .digest('base64url');
}

/** RP id's hash, flags, counter (WebAuthn Level 3, 6.1). */
function head(rpId: string, flags: number, counter: number): Buffer {
  const rest = Buffer.alloc(5);
  rest.writeUInt8(flags, 0);
  rest.writeUInt32BE(counter, 1);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), rest]);
}

function clientData(type: string, challenge: string, origin: string): string {
  return encode(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })));
}

function encode(value: Uint8Array): string {
  return Buffer.from(value).toString('base64url');
}

function decode(value: string | undefined): Buffer {
  return Buffer.from(value ?? '', 'base64url');
}

/** CBOR: major type and length or value (RFC 8949, 3). */
function item(major: number, value: number): Buffer {
  const type = major << 5;
  if (value < 24) return Buffer.from([type | value]);
  if (value < 256) return Buffer.from([type | 24, value]);
  return Buffer.from([type | 25, value >> 8, value & 255]);
}

function int(value: number): Buffer {
  return value < 0 ? item(1, -1 - value) : item(0, value);
}

function bytes(value: Uint8Array): Buffer {
  return Buffer.concat([item(2, value.length), value]);
}

function text(value: string): Buffer {
  return Buffer.concat([item(3, Buffer.byteLength(value)), Buffer.from(value)]);
}

function map(entries: [Buffer, Buffer][]): Buffer {
  return Buffer.concat([item(5, entries.length), ...entries.flat()]);
}
