import { setTimeout as sleep } from 'node:timers/promises';
import { ResultCodeError } from 'ldapts';
import { MailError } from '../../../common/errors.ts';
import type { ProfileContext } from '../../context.ts';
import type { UserRecord } from '../../user/user-store.ts';
import { admitPerson } from '../admit-person.ts';
import { listIdentities } from '../identity-store.ts';
import { connectLdap } from './connect-ldap.ts';
import { provePerson, type DirectoryPerson } from './find-person.ts';
import { openLdap } from './ldap-directory.ts';

/** Milliseconds of which a refusal takes a multiple: who is known to whom does not show in its time. */
const STEP = 300;
/** Seconds. */
const RETRY = 30;

/**
 * Whose name and password the organisation's directory knows, made a user at the first time; null when it is nobody's.
 * `found` is the user of that name here: one with a password of ours is never looked for in the directory, which must
 * not learn that password. MailError `unavailable` (`ldap-silent`) while the directory does not answer.
 */
export async function proveByLdap(
  server: ProfileContext,
  given: { name: string; password: string },
  found: UserRecord | undefined,
): Promise<UserRecord | null> {
  if (found !== undefined && found.source !== 'ldap') return null;
  if (given.password === '' || given.name.trim() === '') return null;
  const directory = await openLdap(server);
  if (directory === null) return null;
  const { facts, bindPassword } = directory;
  const person = await askDirectory(server, async () => {
    const client = await connectLdap(server.egress, facts);
    try {
      return await provePerson(client, facts, bindPassword, given);
    } finally {
      await client.unbind().catch(() => undefined);
    }
  });
  if (person === null) return null;
  const source = { source: 'ldap' as const, provider: 'ldap', providerName: 'LDAP' };
  const proven = { ...person, ...source, issuer: `ldap ${facts.idAttribute}` };
  return await admitPerson(server, proven, facts.makesUsers);
}

/** The name by which a user of the directory is known there, which may have changed since he came here. */
export async function findDirectoryName(server: ProfileContext, user: UserRecord): Promise<string> {
  const identities = await listIdentities(server.db.read, user.id);
  return identities.find(({ provider }) => provider === 'ldap')?.label ?? user.name;
}

/** Makes what was refused take as long whatever it was; called with when it began. */
export async function levelRefusal(server: ProfileContext, began: number): Promise<void> {
  if ((await openLdap(server)) === null) return;
  const taken = performance.now() - began;
  await sleep(Math.ceil(taken / STEP) * STEP - taken);
}

async function askDirectory(
  server: ProfileContext,
  work: () => Promise<DirectoryPerson | null>,
): Promise<DirectoryPerson | null> {
  try {
    return await work();
  } catch (error) {
    server.log.warn('ldap.failed', { error });
    const known =
      error instanceof MailError && error.reason?.startsWith('ldap-') === true ? error.reason : null;
    const reason = known ?? 'ldap-silent';
    const code = error instanceof ResultCodeError ? { serverLine: error.message.slice(0, 200) } : {};
    throw new MailError('unavailable', 'the directory cannot answer', {
      reason,
      retryAfter: RETRY,
      params: error instanceof MailError ? error.params : {},
      ...code,
      cause: error,
    });
  }
}
