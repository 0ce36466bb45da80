import type { Millis } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { readSecret } from './read-secret.ts';

export interface DkimKey {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
}

/** The keys of a domain, oldest first. Never rejects: unsigned mail still arrives, mostly; mail that stays here does not. */
export type FindKeys = (domain: string) => Promise<DkimKey[]>;

export interface KeyRingOptions {
  /** Keys that administrators made, from the profile-server: the same for every relay. */
  fetchKeys: () => Promise<readonly DkimKey[]>;
  readFolder: () => Promise<readonly DkimKey[]>;
  now: () => Millis;
  log: Logger;
}

/** A new key signs after this long, without a restart. */
const FRESH_FOR = 10_000;

/** All keys that this relay may sign with; those that could not be asked for stay as they were. */
export function makeKeyRing({ fetchKeys, readFolder, now, log }: KeyRingOptions): FindKeys {
  const sources = [
    { name: 'folder', read: readFolder, keys: [] as readonly DkimKey[] },
    { name: 'profile-server', read: fetchKeys, keys: [] as readonly DkimKey[] },
  ];
  let byDomain = new Map<string, DkimKey[]>();
  let freshUntil = -Infinity;
  let reading: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    for (const source of sources) {
      try {
        source.keys = (await source.read()).filter((key) => canSign(key, log));
      } catch (error) {
        log.warn('dkim.keys-not-read', { source: source.name, error });
      }
    }
    byDomain = Map.groupBy(
      sources.flatMap(({ keys }) => keys),
      ({ domain }) => domain,
    );
    freshUntil = now() + FRESH_FOR;
  };
  return async (domain) => {
    if (domain === '') return [];
    if (now() >= freshUntil) {
      reading ??= read().finally(() => (reading = null));
      await reading;
    }
    return byDomain.get(domain) ?? [];
  };
}

export function readAlgorithm({ privateKey }: DkimKey): 'rsa' | 'ed25519' | null {
  const type = readSecret(privateKey).asymmetricKeyType;
  return type === 'rsa' || type === 'ed25519' ? type : null;
}

function canSign(key: DkimKey, log: Logger): boolean {
  try {
    if (readAlgorithm(key) !== null) return true;
  } catch (error) {
    log.error('dkim.key-unreadable', { domain: key.domain, selector: key.selector, error });
    return false;
  }
  log.error('dkim.key-unknown', { domain: key.domain, selector: key.selector });
  return false;
}
