import { MailError } from '../../../common/errors.ts';
import { identifyMaildrop } from '../../../common/maildrop.ts';
import { SECOND } from '../../../common/time.ts';
import { makeId } from '../../../common/ids.ts';
import type { Account, AccountSecrets, AccountSettings } from '../../../common/shapes/account.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { isGiven } from '../../layer/copy-store.ts';
import { demandUnlocked } from '../../layer/demand-unlocked.ts';
import { LAYER_SESSION } from '../../layer/layer-session.ts';
import { putItem, takeRevision } from '../../profile/profile-store.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { removeLeasesOfAccount } from '../../schedule/lease-store.ts';
import { addPoll, findPoll, resetPoll } from '../../schedule/poll-store.ts';
import { applySettings } from '../../schedule/apply-settings.ts';
import { findUser } from '../../user/user-store.ts';
import { moveSecrets } from '../../vault/keep-secret.ts';
import { checkMayBePersonal } from '../../vault/personal/may-be-personal.ts';
import { checkPolicy } from '../rule/account-policy.ts';
import { checkNotThere, checkSettings } from '../rule/account-rule.ts';
import { demandAccount, listStoredAccounts, writeStored } from '../account-store.ts';
import { dropAccount, listIdentitiesOf } from './drop-account.ts';
import { demandConfirmation } from './confirm-retention.ts';
import { keepSecrets, planSignIn } from './plan-sign-in.ts';
import { mergeSettings } from './merge-settings.ts';
import { planPolls } from './plan-polls.ts';
import { getAccount } from '../read-account.ts';
import { deletesMore } from '../rule/retention-rule.ts';
import { tellAccounts } from '../tell-accounts.ts';

const MAX_ACCOUNTS = 100;
/** Leaves the first poll to the client that added the account and wants to show it; without one it comes by itself. */
const FIRST_POLL_DELAY = 5 * SECOND;

export interface Changer {
  user: string;
  session: string;
}

/** A new account with an identity of its own, due for its first poll at once. */
export async function addAccount(
  server: ProfileContext,
  caller: Changer,
  input: { settings: AccountSettings; secrets: AccountSecrets },
): Promise<Account> {
  const settings = checkSettings(input.settings, server.allowNetworks);
  const { user, session } = caller;
  const account = await server.db.write(async (tx) => {
    const revision = await takeRevision(tx, user);
    const others = await listStoredAccounts(tx, user);
    if (others.length >= MAX_ACCOUNTS) {
      throw new MailError('quota', 'too many accounts', {
        reason: 'too-many',
        params: { limit: MAX_ACCOUNTS },
      });
    }
    checkNotThere(settings.pop3, others);
    await checkMayBePersonal(tx, user, settings, null);
    const policy = await readPolicy(tx, user);
    checkPolicy(policy, settings, { before: null, given: false });
    const { secrets } = input;
    const plan = await planSignIn(server, tx, user, { settings, secrets, before: null });
    const at = server.clock.now();
    const id = makeId('acc', server.random);
    const identity: Identity = {
      id: makeId('idn', server.random),
      account: id,
      name: settings.name,
      address: settings.email,
      replyTo: null,
      signature: null,
    };
    const put = { user, revision, session, at };
    await putItem(tx, { ...put, part: 'accounts', id, value: writeStored({ settings, oauth: plan.oauth }) });
    await putItem(tx, { ...put, part: 'identities', id: identity.id, value: JSON.stringify(identity) });
    await addPoll(tx, {
      ...planPolls(settings, policy),
      account: id,
      user,
      home: (await findUser(tx, user))?.home ?? null,
      next_at: settings.paused ? null : at + FIRST_POLL_DELAY,
    });
    await keepSecrets(server, tx, { user, account: id }, { settings, secrets }, plan);
    return await getAccount(server, tx, user, id);
  });
  tellAccounts(server, user);
  return account;
}

/**
 * New settings, and new secrets where given; `confirmation` where the contract deletes more. Where somebody else was faster
 * the two are brought together, see mergeSettings. Its lease is revoked: a session with the old settings ends.
 */
export async function editAccount(
  server: ProfileContext,
  caller: Changer,
  input: {
    id: string;
    base: number | null;
    settings: AccountSettings;
    secrets: AccountSecrets;
    confirmation: string | null;
    /** An organisation admin has confirmed the new host: kept passwords may go there. */
    moved?: boolean;
    /** Written with it or not at all. */
    along?: (tx: Writer) => Promise<void>;
  },
): Promise<Account> {
  const wished = checkSettings(input.settings, server.allowNetworks);
  const { user, session } = caller;
  const { id } = input;
  const account = await server.db.write(async (tx) => {
    const revision = await takeRevision(tx, user);
    const before = await demandAccount(tx, user, id);
    // Before a conflict that no other try would settle, and before anything asks for a password that would not help.
    const { oauth } = before;
    const values = { before: writeStored(before), value: writeStored({ settings: wished, oauth }) };
    if (session !== LAYER_SESSION) await demandUnlocked(tx, { user, part: 'accounts', id, ...values });
    const { base, secrets } = input;
    const settings =
      base === null || base >= before.edited
        ? wished
        : checkSettings(
            await mergeSettings(server, tx, user, { before, base, settings: wished, secrets }),
            server.allowNetworks,
          );
    const policy = await readPolicy(tx, user);
    const given = await isGiven(tx, user, id);
    checkPolicy(policy, settings, { before: before.settings, given });
    const plan = await planSignIn(server, tx, user, { settings, secrets, before, moved: input.moved });
    await checkMayBePersonal(tx, user, settings, before.settings);
    if (deletesMore(before.settings.keep, settings.keep)) {
      const maildrop = identifyMaildrop(settings.pop3);
      const wanted = { user, account: id, keep: settings.keep, maildrop };
      await demandConfirmation(server, tx, wanted, input.confirmation);
    }
    const others = await listStoredAccounts(tx, user);
    checkNotThere(
      settings.pop3,
      others.filter((other) => other.id !== id),
    );
    const at = server.clock.now();
    const put = { user, revision, session, at };
    await putItem(tx, { ...put, part: 'accounts', id, value: writeStored({ settings, oauth: plan.oauth }) });
    for (const identity of await listIdentitiesOf(tx, user, id)) {
      if (identity.address !== before.settings.email || settings.email === before.settings.email) continue;
      const value = JSON.stringify({ ...identity, address: settings.email });
      await putItem(tx, { ...put, part: 'identities', id: identity.id, value });
    }
    await removeLeasesOfAccount(tx, id);
    const poll = await findPoll(tx, id);
    if (poll !== undefined) await resetPoll(tx, id, applySettings(poll, planPolls(settings, policy), at));
    await keepSecrets(server, tx, { user, account: id }, { settings, secrets }, plan);
    if (before.settings.signedInOnly !== settings.signedInOnly) await moveSecrets(server, tx, user, id);
    await input.along?.(tx);
    return await getAccount(server, tx, user, id);
  });
  tellAccounts(server, user);
  return account;
}

/** With its identities, its secrets and its lease; the mails stay. MailError `not-found`. */
export async function removeAccount(
  server: ProfileContext,
  caller: Changer,
  id: string,
): Promise<{ removed: string }> {
  const { user, session } = caller;
  await server.db.write(async (tx) => {
    const revision = await takeRevision(tx, user);
    await demandAccount(tx, user, id);
    await dropAccount(tx, { user, session, revision, at: server.clock.now() }, id);
  });
  tellAccounts(server, user);
  return { removed: id };
}
