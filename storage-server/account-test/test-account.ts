import { describeError } from '../../common/error-texts/describe.ts';
import { describeProblem } from '../../common/error-texts/problem.ts';
import { MailError, toWireError } from '../../common/errors.ts';
import {
  isTokenAuth,
  type AccountSecrets,
  type AccountSettings,
  type AccountTest,
  type SmtpSettings,
} from '../../common/shapes/account.ts';
import { SECOND } from '../../common/time.ts';
import { readAnswer, readCallError } from '../../server-kit/service-client.ts';
import type { StorageCore } from '../context.ts';
import type { Relays } from '../sending/relay/relays.ts';
import { testMaildrop, type TestedMaildrop } from './test-maildrop.ts';

export type TestCore = Pick<StorageCore, 'dataDir' | 'egress' | 'home' | 'profile'> & { relays: Relays };
type SmtpTest = NonNullable<AccountTest['smtp']>;

const RELAY_TIME = 45 * SECOND;

/** A stored account with its stored secrets, under its lease. MailError `not-found` for one that is not the user's. */
export async function testStoredAccount(core: TestCore, user: string, account: string): Promise<AccountTest> {
  let pop3: Promise<TestedMaildrop>;
  try {
    const taken = await core.profile.schedule.take.mutate({ user, accounts: [account], purpose: 'test' });
    const lease = taken.leases[0];
    const { code = 'in-use', retryAfter = null } = taken.refused[0] ?? {};
    pop3 = lease === undefined ? refuse(code, retryAfter) : testLeased(core, lease.id, account);
  } catch (error) {
    throw readCallError(error);
  }
  const { accounts } = await core.home.readProfile(user);
  const hasSmarthost = accounts.find(({ id }) => id === account)?.send.way === 'smarthost';
  const smtp = hasSmarthost ? testStoredSmarthost(core, user, account) : null;
  return { pop3: describePop3(await pop3), smtp: await smtp };
}

/** Settings that are not saved yet, with passwords or a sign-in that has just been finished. MailError `not-found` or `invalid` for one that does not fit. */
export async function testNewAccount(
  core: TestCore,
  user: string,
  settings: AccountSettings,
  secrets: AccountSecrets,
): Promise<AccountTest> {
  await readAnswer(core.profile.policy.check.query({ user, settings }));
  const { pop3, send } = settings;
  const smarthost = send.way === 'smarthost' ? send.smtp : null;
  const token = await fetchGrantToken(core, user, settings, secrets);
  const secretFor = (auth: string, password: string | undefined): string | null =>
    (isTokenAuth(auth) ? token : null) ?? password ?? null;
  const [maildrop, smtp] = await Promise.all([
    testMaildrop(core, pop3, secretFor(pop3.auth, secrets.pop3Password) ?? ''),
    smarthost === null
      ? null
      : testSmarthost(core, smarthost, secretFor(smarthost.auth, secrets.smtpPassword)),
  ]);
  return { pop3: describePop3(maildrop), smtp };
}

/** The profile-server gives it for hosts of the sign-in's provider only. */
async function fetchGrantToken(
  core: TestCore,
  user: string,
  settings: AccountSettings,
  { oauthGrant }: AccountSecrets,
): Promise<string | null> {
  if (oauthGrant === undefined) return null;
  const use = { user, grant: oauthGrant, settings };
  return (await readAnswer(core.profile.credential.useGrant.mutate(use))).secret;
}

async function refuse(
  code: 'in-use' | 'too-soon' | 'needs-sign-in',
  retryAfter: number | null,
): Promise<TestedMaildrop> {
  const error = new MailError(code, 'refused by the schedule', retryAfter === null ? {} : { retryAfter });
  return { error, tls: null, capabilities: [], messages: null };
}

async function testLeased(core: TestCore, lease: string, account: string): Promise<TestedMaildrop> {
  const { credential, schedule } = core.profile;
  let tested: TestedMaildrop;
  try {
    const { settings, secret } = await credential.use.mutate({ lease, account, purpose: 'test' });
    tested = await testMaildrop(core, settings.pop3, secret);
  } catch (error) {
    tested = { error: readCallError(error), tls: null, capabilities: [], messages: null };
  }
  const { error } = tested;
  const result =
    error === null
      ? { ok: true as const, new: 0, bytes: 0, messages: tested.messages ?? 0 }
      : { ok: false as const, error: { ...toWireError(error), message: describeError(error, 'en').message } };
  // A report that gets lost only leaves the lease to end by itself.
  await schedule.report.mutate({ lease, result }).catch(() => undefined);
  return tested;
}

async function testStoredSmarthost(core: TestCore, user: string, account: string): Promise<SmtpTest> {
  try {
    const { smtp, secret } = await core.profile.credential.submitTest.mutate({ user, account });
    return await testSmarthost(core, smtp, secret);
  } catch (error) {
    return failSmtp(error);
  }
}

/** The relay does it: mail would leave from there, and only it may talk SMTP to the world. */
async function testSmarthost(core: TestCore, smtp: SmtpSettings, secret: string | null): Promise<SmtpTest> {
  try {
    const [relay] = await core.relays.list();
    if (relay === undefined) throw new MailError('unavailable', 'no relay yet', { reason: 'no-relay' });
    return await relay.api.route.test.mutate({ smtp, secret }, { signal: AbortSignal.timeout(RELAY_TIME) });
  } catch (error) {
    return failSmtp(error);
  }
}

function failSmtp(error: unknown): SmtpTest {
  return { ok: false, error: describeProblem(readCallError(error)), tls: null };
}

function describePop3({ error, tls, capabilities, messages }: TestedMaildrop): AccountTest['pop3'] {
  return {
    ok: error === null,
    error: error === null ? null : describeProblem(error),
    tls,
    capabilities,
    messages,
  };
}
