import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { MailError } from '../../common/errors.ts';
import type { DkimAlgorithm, DkimKeyFacts } from '../../common/shapes/dkim.ts';
import { formatTime } from '../../common/time.ts';
import { exportPublicKey, formatDkimRecord } from '../../server-kit/dkim-record.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { checkDomain } from '../domain/domain-rule.ts';
import { chooseSelector } from './choose-selector.ts';
import { deleteKey, insertKey, listKeys, type DkimRow } from './dkim-store.ts';

/** Of one domain: two kinds, the ones before, and those to come. */
const MAX_KEYS = 20;

/** A key as relays get it. */
export interface SigningDkimKey {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
}

export async function listDkimKeys(server: ProfileContext, domain: string | null): Promise<DkimKeyFacts[]> {
  const rows = await listKeys(server.db.read, domain === null ? null : checkDomain(domain));
  return rows.map(describeKey);
}

/** Makes one key of each algorithm that is asked for. MailError `invalid`, `conflict` (`dkim-keys`: too many). */
export async function makeDkimKeys(
  server: ProfileContext,
  admin: string,
  input: { domain: string; algorithms: readonly DkimAlgorithm[] },
): Promise<DkimKeyFacts[]> {
  const domain = checkDomain(input.domain);
  const at = server.clock.now();
  // Before the transaction: an RSA key takes its time.
  const pairs = await Promise.all([...new Set(input.algorithms)].map(async (kind) => await makePair(kind)));
  await server.db.write(async (tx) => {
    const taken = new Set((await listKeys(tx, domain)).map(({ selector }) => selector));
    if (taken.size + pairs.length > MAX_KEYS) {
      throw new MailError('conflict', `${domain} has ${taken.size} keys`, {
        reason: 'dkim-keys',
        params: { domain, limit: MAX_KEYS },
      });
    }
    for (const { algorithm, publicKey, privateKey } of pairs) {
      const selector = chooseSelector(algorithm, at, taken);
      const sealed = server.masterKey.seal(Buffer.from(privateKey), ['dkim', domain, selector]);
      await insertKey(tx, {
        domain,
        selector,
        algorithm,
        public_key: publicKey,
        private_key: sealed,
        made_at: at,
      });
      const detail = { domain, selector, algorithm };
      await appendAudit(tx, { at, actor: admin, action: 'dkim.make', subject: 'dkim', detail });
    }
  });
  return await listDkimKeys(server, domain);
}

/** MailError `not-found`. */
export async function removeDkimKey(
  server: ProfileContext,
  admin: string,
  input: { domain: string; selector: string },
): Promise<string> {
  const domain = checkDomain(input.domain);
  const { selector } = input;
  await server.db.write(async (tx) => {
    if (!(await deleteKey(tx, domain, selector))) {
      throw new MailError('not-found', `no key ${selector} of ${domain}`, {
        reason: 'dkim-key',
        params: { domain, selector },
      });
    }
    const entry = { actor: admin, action: 'dkim.remove', subject: 'dkim', detail: { domain, selector } };
    await appendAudit(tx, { at: server.clock.now(), ...entry });
  });
  return selector;
}

/** For relays: every key of every domain, oldest first. */
export async function openDkimKeys(server: ProfileContext): Promise<SigningDkimKey[]> {
  const rows = await listKeys(server.db.read, null);
  return rows.map(({ domain, selector, private_key: sealed }) => ({
    domain,
    selector,
    privateKey: server.masterKey.unseal(sealed, ['dkim', domain, selector]).toString(),
  }));
}

function describeKey({
  domain,
  selector,
  algorithm,
  public_key: key,
  made_at: madeAt,
}: DkimRow): DkimKeyFacts {
  const record = formatDkimRecord({ domain, selector, algorithm, publicKey: key });
  return { domain, selector, algorithm, madeAt: formatTime(madeAt), record };
}

/** RSA with 2048 bits, as RFC 8301 3.2 asks: longer records do not fit into the DNS of many providers. */
async function makePair(
  algorithm: DkimAlgorithm,
): Promise<{ algorithm: DkimAlgorithm; publicKey: string; privateKey: string }> {
  const make = promisify(generateKeyPair);
  const { publicKey, privateKey } =
    algorithm === 'rsa' ? await make('rsa', { modulusLength: 2048 }) : await make('ed25519');
  return {
    algorithm,
    publicKey: exportPublicKey(publicKey).bytes.toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
