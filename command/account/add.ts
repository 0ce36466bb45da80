import type { AccountProblem, AccountSecrets, AccountSettings } from '../../common/shapes/account.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask, type Connection } from '../server/connection.ts';
import { withUnlock } from '../server/unlock.ts';
import { fill } from '../words/words.ts';
import { readAccountSettings } from './account-options.ts';
import { askMissingSecrets, demandWayToAsk, readSecretFiles } from './account-secrets.ts';
import { makeProblemError, viewAccount } from './account-view.ts';
import { findSettings, type SettingsToTry } from './find-settings.ts';
import { findChoice, signInAtProvider, useToken } from './provider-sign-in.ts';

/** Where another server may do better. A refused password is refused everywhere, and tried no more. */
const ELSEWHERE: readonly string[] = [
  'connect-refused',
  'timeout',
  'tls',
  'dns',
  'protocol',
  'host-not-allowed',
];

/**
 * `account add`: with --pop3-host as it is typed, else with what the server finds for the address. Saved only when a test with
 * these settings succeeds, unless --no-test.
 */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const byOAuth = typed.has('oauth');
  // Before any server is asked: what is typed wrong is said at once.
  const settings = readAccountSettings(typed, null);
  const files = readSecretFiles(typed);
  checkTogether(call);
  if (!byOAuth) demandWayToAsk(files);
  const connection = await call.connect();
  const { email } = settings;
  const tries = typed.has('pop3-host')
    ? { candidates: [settings], oauth: null }
    : await findSettings(call, connection, email);
  const ready = byOAuth
    ? await signIn(call, connection, tries, files)
    : await addPasswords(call, tries, files);
  const account = await testAndAdd(call, connection, ready);
  const text = fill(call.words().accountAdded, { email: account.email, id: account.id });
  return { value: viewAccount(account, call.language()), text };
}

interface Ready {
  candidates: AccountSettings[];
  secrets: AccountSecrets;
}

function checkTogether({ typed }: Call): void {
  if (typed.has('oauth')) {
    if (typed.has('pop3-password-file'))
      throw makeUsageError('not-together', { option: '--oauth', other: '--pop3-password-file' });
    return;
  }
  const alone = ['device', 'provider'].find((name) => typed.has(name));
  if (alone !== undefined) throw makeUsageError('only-with', { option: `--${alone}`, other: '--oauth' });
}

async function addPasswords(
  call: Call,
  { candidates }: SettingsToTry,
  files: AccountSecrets,
): Promise<Ready> {
  const [first] = candidates;
  const secrets = first === undefined ? files : await askMissingSecrets(call, first, files);
  return { candidates, secrets };
}

async function signIn(
  call: Call,
  connection: Connection,
  { candidates, oauth }: SettingsToTry,
  files: AccountSecrets,
): Promise<Ready> {
  const [first] = candidates;
  const id = call.typed.text('provider') ?? oauth;
  const choice = await findChoice(connection, { id, host: first?.pop3.host ?? '' });
  const what = { provider: choice.id, account: null, email: first?.email ?? '' };
  const oauthGrant = await signInAtProvider(call, connection, what);
  return {
    candidates: candidates.map((one) => useToken(one, choice.sasl)),
    secrets: { ...files, oauthGrant },
  };
}

async function testAndAdd(call: Call, connection: Connection, { candidates, secrets }: Ready) {
  let problem: AccountProblem | null = null;
  for (const settings of candidates) {
    if (settings.pop3.tls === 'none') call.note(fill(call.words().plainWarning, { email: settings.email }));
    problem = call.typed.has('no-test') ? null : await findProblem(connection, settings, secrets);
    if (problem === null) {
      const add = async () => await connection.profile.account.add.mutate({ settings, secrets });
      return await withUnlock(call, connection, add);
    }
    if (!ELSEWHERE.includes(problem.code)) break;
  }
  throw makeProblemError(problem!);
}

async function findProblem(
  { storage }: Connection,
  settings: AccountSettings,
  secrets: AccountSecrets,
): Promise<AccountProblem | null> {
  const { pop3, smtp } = await ask(storage.account.test.mutate({ settings, secrets }));
  return pop3.error ?? smtp?.error ?? null;
}
