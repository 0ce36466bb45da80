import { createHash, sign, type KeyObject } from 'node:crypto';
import type { Millis } from '../../common/time.ts';
import { relaxBody, relaxField } from './canonicalise.ts';
import type { DkimKey } from './keys.ts';
import { readSecret } from './read-secret.ts';
import { chooseSignedFields } from './signed-fields.ts';

/**
 * The DKIM-Signature fields (RFC 6376; RFC 8463 for Ed25519) for a message whose lines end with CRLF, one for each key,
 * to be put in front of it. Relaxed, the whole body (never `l=`), From and its like oversigned.
 */
export async function signMessage(message: Buffer, keys: readonly DkimKey[], now: Millis): Promise<Buffer> {
  const { fields, body } = splitMessage(message);
  const hash = createHash('sha256');
  for (const piece of relaxBody(body)) hash.update(piece, 'latin1');
  const bodyHash = hash.digest('base64');
  const names = fields.map(({ name }) => name);
  const signed = chooseSignedFields(names);
  const head = collectFields(fields, signed);
  const made = await Promise.all(
    keys.map(async (key) => {
      const secret = readSecret(key.privateKey);
      const algorithm = secret.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256';
      const field = formatField({ key, algorithm, signed, bodyHash, now });
      // The field itself counts too, without its value of b= and without its CRLF.
      const data = Buffer.from(head + relaxField(field).slice(0, -2), 'latin1');
      return `${field}${foldValue(await makeSignature(secret, data))}\r\n`;
    }),
  );
  return Buffer.from(made.join(''), 'latin1');
}

/** Whether somebody else answers for these bytes. */
export function isSigned(message: Buffer): boolean {
  const end = message.indexOf('\r\n\r\n');
  const head = message.toString('latin1', 0, end === -1 ? message.length : end);
  return /^(?:dkim-signature|arc-seal)[ \t]*:/im.test(head);
}

interface Field {
  name: string;
  raw: string;
}

/** Header fields without their last CRLF, as latin1; `body` behind the empty line. */
function splitMessage(message: Buffer): { fields: Field[]; body: Buffer } {
  const startsEmpty = message[0] === 0x0d && message[1] === 0x0a;
  const end = startsEmpty ? 0 : message.indexOf('\r\n\r\n');
  const head = message.toString('latin1', 0, end === -1 ? message.length : end);
  const gap = startsEmpty ? 2 : 4;
  const fields = head
    .split(/\r\n(?![ \t])/)
    .filter((raw) => raw.includes(':'))
    .map((raw) => ({ name: raw.slice(0, raw.indexOf(':')).trim().toLowerCase(), raw }));
  return { fields, body: end === -1 ? Buffer.alloc(0) : message.subarray(end + gap) };
}

/** RFC 6376 5.4.2: of a name that stands several times the last one first; one too many is nothing. */
function collectFields(fields: readonly Field[], signed: readonly string[]): string {
  const left = new Map<string, Field[]>();
  for (const field of fields) left.set(field.name, [...(left.get(field.name) ?? []), field]);
  return signed
    .map((name) => left.get(name)?.pop())
    .map((field) => (field === undefined ? '' : relaxField(field.raw)))
    .join('');
}

function formatField(what: {
  key: DkimKey;
  algorithm: string;
  signed: readonly string[];
  bodyHash: string;
  now: Millis;
}): string {
  const { key, algorithm, signed, bodyHash, now } = what;
  return [
    `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed;`,
    ` d=${key.domain}; s=${key.selector}; t=${Math.floor(now / 1000)};`,
    ` h=${foldNames(signed)};`,
    ` bh=${bodyHash};`,
    ' b=',
  ].join('\r\n');
}

/** Names with colons, in lines of about 70. */
function foldNames(names: readonly string[]): string {
  let line = '';
  let text = '';
  for (const name of names) {
    if (line.length + name.length > 70) {
      text += `${line}\r\n  `;
      line = '';
    }
    line += line === '' && text === '' ? name : `:${name}`;
  }
  return text + line;
}

function foldValue(value: string): string {
  return value.match(/.{1,70}/g)?.join('\r\n  ') ?? '';
}

/** In another thread for RSA: it is the dearest thing that happens to a mail. */
async function makeSignature(secret: KeyObject, data: Buffer): Promise<string> {
  if (secret.asymmetricKeyType === 'ed25519') {
    // RFC 8463 3: what is signed is the hash.
    return sign(null, createHash('sha256').update(data).digest(), secret).toString('base64');
  }
  return await new Promise((resolve, reject) => {
    sign('RSA-SHA256', data, secret, (error, signature) => {
      if (error === null) resolve(signature.toString('base64'));
      else reject(error);
    });
  });
}
