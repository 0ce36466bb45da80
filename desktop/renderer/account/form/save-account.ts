import type {
  Account,
  AccountSecrets,
  AccountSettings,
  AccountTest,
} from '../../../../common/shapes/account.ts';
import type { DiscoveredSettings } from '../../../../common/shapes/discovery.ts';
import { checkNow, readAccountStates } from '../../mail/check.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { readProfile } from '../../profile/profile-sync.ts';
import { profileServer, storageServer } from '../../session/clients.ts';

/** Whether both ways work. */
export function isGood({ pop3, smtp }: AccountTest): boolean {
  return pop3.ok && smtp?.ok !== false;
}

/** Only a change of server, login or password has to be tried again. */
export function needsTest(
  { settings, secrets }: { settings: AccountSettings; secrets: AccountSecrets },
  account: Account | null,
): boolean {
  if (account === null || Object.keys(secrets).length > 0) return true;
  const pick = (one: Pick<Account, 'pop3' | 'send'>): string => JSON.stringify([one.pop3, one.send]);
  return pick(settings) !== pick(account);
}

/** A test of unsaved settings needs a secret; with none given, the saved account is tested. */
export async function testAccount(
  settings: AccountSettings,
  secrets: AccountSecrets,
  account: Account | null,
): Promise<AccountTest> {
  const saved = account !== null && secrets.pop3Password === undefined && secrets.oauthGrant === undefined;
  return await storageServer().account.test.mutate(saved ? { account: account.id } : { settings, secrets });
}

/** What failed before the password was asked for says nothing about the password: other settings may work. */
export function failedBeforeSignIn({ pop3 }: AccountTest): boolean {
  const code = pop3.error?.code;
  return ['dns', 'connect-refused', 'timeout', 'tls', 'protocol', 'dropped'].includes(code ?? '');
}

/** Settings that are tried one after the other at most: each try counts against the limit of tests. */
const MOST_TRIES = 3;

/** Tries found settings, best first, until one is answered; a wrong password is not tried twice. */
export async function testFound(
  found: readonly DiscoveredSettings[],
  read: (one: DiscoveredSettings) => { settings: AccountSettings; secrets: AccountSecrets },
): Promise<{ used: DiscoveredSettings; result: AccountTest } | null> {
  let best: { used: DiscoveredSettings; result: AccountTest } | null = null;
  for (const used of found.slice(0, MOST_TRIES)) {
    const { settings, secrets } = read(used);
    const result = await testAccount(settings, secrets, null);
    if (!failedBeforeSignIn(result)) return { used, result };
    best ??= { used, result };
  }
  return best;
}

/** Adds the account and fetches its mail. */
export async function addAccount(settings: AccountSettings, secrets: AccountSecrets): Promise<Account> {
  const account = await profileServer().account.add.mutate({ settings, secrets });
  await Promise.all([readProfile(), readAccountStates()]);
  void checkNow(account.id);
  return account;
}

/** `confirmation`: of the dry run, where the new contract deletes more at the provider than the old one. */
export async function editAccount(
  account: Account,
  change: { settings: AccountSettings; secrets?: AccountSecrets; confirmation?: string | null },
): Promise<Account> {
  const base = profileStore.get().revisions.get(`accounts/${account.id}`) ?? null;
  const saved = await profileServer().account.edit.mutate({ id: account.id, base, ...change });
  await Promise.all([readProfile(), readAccountStates()]);
  return saved;
}

/** The settings of an account without what is only its state. */
export function settingsOf(account: Account): AccountSettings {
  const { email, name, pop3, send, keep, interval, adaptive, paused, signedInOnly } = account;
  return { email, name, pop3, send, keep, interval, adaptive, paused, signedInOnly };
}
