import type { HistoryActor } from '../../common/history-actor.ts';
import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { RegisteredStep, SignInStep } from '../../common/shapes/session.ts';
import { DAY, formatTime, type Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { chooseHome } from '../part/choose-part.ts';
import { findPart } from '../part/part-store.ts';
import { writeDefaultProfile } from '../profile/default-profile.ts';
import { hashSecretCode, makeSecretCode } from '../secret-code.ts';
import { makeDataKey } from '../vault/keep-secret.ts';
import { enterPrepared, findPrepared } from './enter-prepared.ts';
import { addInvite, useInvite } from './invite-store.ts';
import { readRegistration } from './read-registration.ts';
import { checkNewPassword } from '../password/choice/check-new-password.ts';
import { readOrganisationPolicy } from '../policy/read-policy.ts';
import type { RegisterInput } from '../session/session-shapes.ts';
import { completeSignIn, type SignedIn } from '../session/sign-in/complete-sign-in.ts';
import { groupAddress } from '../password/tries/try-limit.ts';
import { checkUserName } from '../user/user-name.ts';
import { addUser, completeUser, type UserRecord } from '../user/user-store.ts';

const INVITE_LIFE = 7 * DAY;

/**
 * A new user with a profile, and a session or what the policy demands before there is one. MailErrors: `invalid` (name, password, setupCode, invite),
 * `name-taken`, `forbidden` when registration is not open to the caller.
 */
export async function register(
  server: ProfileContext,
  input: RegisterInput,
  address: string,
): Promise<SignedIn | RegisteredStep> {
  const prepared = await findPrepared(server, input);
  if (prepared !== null) {
    return nameRegistered(prepared, await enterPrepared(server, prepared, input, address));
  }
  const { name, key } = checkUserName(input.name);
  const { secondFactor } = await readOrganisationPolicy(server.db.read);
  const factor = secondFactor === 'required';
  await checkNewPassword(server, input.password, { names: [name], factor });
  await checkPermission(server, input);
  const password = await server.passwords.hash(input.password, { from: groupAddress(address) });
  const made = await server.db.write(async (tx) => {
    const at = server.clock.now();
    const id = makeId('user', server.random);
    const permission = await takePermission(server, tx, input, id);
    const user = completeUser({
      id,
      name,
      name_key: key,
      password,
      admin: input.setupCode === undefined ? 0 : 1,
      disabled: 0,
      home: await readHome(server, tx, permission.home, at),
      revision: 0,
      data_key: makeDataKey(server, id),
      created_at: at,
      password_at: at,
    });
    if (!(await addUser(tx, user))) {
      throw new MailError('name-taken', 'the name is taken', { field: 'name', params: { name } });
    }
    await writeDefaultProfile(tx, {
      user: id,
      language: input.language ?? 'en',
      session: 'registration' satisfies HistoryActor,
      at,
      random: server.random,
    });
    return user;
  });
  if (input.setupCode !== undefined) server.setupCode.close();
  server.hints.give('change');
  server.log.info('user.registered', { user: made.id, admin: made.admin === 1 });
  const proven = { factorProven: false, password: input.password };
  return nameRegistered(made, await completeSignIn(server, made, input, address, proven));
}

/** Who has come, where there is no session yet that would say it. */
function nameRegistered(
  { id, name, admin }: UserRecord,
  completed: SignedIn | SignInStep,
): SignedIn | RegisteredStep {
  if (!('step' in completed)) return completed;
  return { ...completed, registered: { id, name, admin: admin === 1 } };
}

/**
 * A way in for one person while registration is by invitation, good for 7 days; `home` is the storage-server that
 * will keep that user (null: whichever has room). MailError `not-found`.
 */
export async function makeInvite(
  server: ProfileContext,
  admin: string,
  home: string | null,
): Promise<{ invite: string; expiresAt: string }> {
  const invite = makeSecretCode(server.random);
  const at = server.clock.now();
  await server.db.write(async (tx) => {
    if (home !== null) await demandStorage(tx, home);
    await addInvite(tx, {
      hash: hashSecretCode(invite),
      madeBy: admin,
      expiresAt: at + INVITE_LIFE,
      home,
      user: null,
    });
    await appendAudit(tx, {
      at,
      actor: admin,
      action: 'invite.make',
      subject: admin,
      detail: home === null ? {} : { home },
    });
  });
  return { invite, expiresAt: formatTime(at + INVITE_LIFE) };
}

/** Before the costly hash; whether a code is still good is decided once more when it is taken. */
async function checkPermission(server: ProfileContext, input: RegisterInput): Promise<void> {
  if (input.setupCode !== undefined) return await server.setupCode.check(input.setupCode);
  const registration = await readRegistration(server, server.db.read);
  if (registration === 'open') return;
  if (registration === 'closed') {
    throw new MailError('forbidden', 'registration is closed', { reason: 'registration-closed' });
  }
  if (input.invite === undefined) {
    throw new MailError('forbidden', 'an invitation is needed', { reason: 'invite-needed', field: 'invite' });
  }
}

async function takePermission(
  server: ProfileContext,
  tx: Writer,
  input: RegisterInput,
  user: string,
): Promise<{ home: string | null }> {
  const at = server.clock.now();
  if (input.setupCode !== undefined) {
    await server.setupCode.use(tx, input.setupCode);
    await appendAudit(tx, { at, actor: user, action: 'admin.first', subject: user, detail: {} });
    return { home: null };
  }
  const invite = await useInvite(tx, hashSecretCode(input.invite ?? ''), at);
  if (invite !== null) return invite;
  // Where registering is open nobody needs one: it only says where to.
  if ((await readRegistration(server, tx)) !== 'invite') return { home: null };
  throw new MailError('invalid', 'invitation refused', { field: 'invite', reason: 'invite' });
}

/** The one that the invitation names, unless it was shut out since. */
async function readHome(
  server: ProfileContext,
  tx: Writer,
  wanted: string | null,
  now: Millis,
): Promise<string | null> {
  return wanted !== null && (await isHome(tx, wanted)) ? wanted : await chooseHome(server, tx, now);
}

async function isHome(tx: Writer, id: string): Promise<boolean> {
  const part = await findPart(tx, id);
  return part?.kind === 'storage-server' && part.state === 'active';
}

async function demandStorage(tx: Writer, id: string): Promise<void> {
  if (await isHome(tx, id)) return;
  throw new MailError('not-found', `no storage-server ${id}`, { reason: 'storage-server', params: { id } });
}
