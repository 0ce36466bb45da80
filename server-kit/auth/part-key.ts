import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type JWK, exportJWK, generateKeyPair, importJWK } from 'jose';
import { MailError } from '../../common/errors.ts';
import { SECOND, type Clock, type Millis } from '../../common/time.ts';
import { signRetentionConfirmation, type RetentionClaims } from './retention-confirmation.ts';
import { signServiceToken } from './service-token.ts';

interface KeyFile {
  privateJwk: JWK;
  partId: string | null;
}

/** What a part proves itself with: an Ed25519 key that never leaves its data directory. */
export interface PartKey {
  readonly publicJwk: JWK;
  /** The id that the profile-server gave at enrolment, null before. */
  readonly partId: string | null;
  setPartId(id: string): Promise<void>;
  /** MailError `not-signed-in` while not enrolled. */
  signServiceToken(audience: string): Promise<string>;
  /** What a user was shown before he lets messages be deleted at his provider. MailError as above. */
  signRetentionConfirmation(claims: RetentionClaims): Promise<string>;
}

/** A third of a token's life: what is on its way must not run out. */
const SIGN_AGAIN = 20 * SECOND;

/** Reads `part-key.json` (0400) of the data directory, or makes it at the first start. */
export async function loadPartKey(dataDir: string, clock: Clock): Promise<PartKey> {
  const path = join(dataDir, 'part-key.json');
  let file = await readKeyFile(path);
  if (file === null) {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    file = { privateJwk: await exportJWK(privateKey), partId: null };
    await writeSecretFile(path, JSON.stringify(file));
  }
  const key = await importJWK(file.privateJwk, 'EdDSA');
  if (key instanceof Uint8Array) throw new Error(`${path} holds no Ed25519 key`);
  const { d: _private, ...publicJwk } = file.privateJwk;
  let partId = file.partId;
  /** By audience: a token that has just been signed serves for the calls of the next seconds too. */
  const signed = new Map<string, { token: Promise<string>; at: Millis }>();
  return {
    publicJwk,
    get partId() {
      return partId;
    },
    setPartId: async (id) => {
      await writeSecretFile(path, JSON.stringify({ privateJwk: file.privateJwk, partId: id }));
      partId = id;
      signed.clear();
    },
    signServiceToken: async (audience) => {
      const id = demandId(partId);
      const now = clock.now();
      const known = signed.get(audience);
      if (known !== undefined && now >= known.at && now - known.at < SIGN_AGAIN) return await known.token;
      const token = signServiceToken(key, id, audience, clock);
      signed.set(audience, { token, at: now });
      return await token;
    },
    signRetentionConfirmation: async (claims) =>
      await signRetentionConfirmation(key, demandId(partId), claims, clock),
  };
}

function demandId(partId: string | null): string {
  if (partId !== null) return partId;
  throw new MailError('not-signed-in', 'this part is not enrolled', { reason: 'part-not-enrolled' });
}

async function readKeyFile(path: string): Promise<KeyFile | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as KeyFile;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes a file that only its owner reads, durably and never half: temporary name, sync, rename, sync of the folder. */
export async function writeSecretFile(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(temporary, 0o400);
  await rename(temporary, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
