import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { StoredAccount } from '../../account/account-state.ts';
import { planPolls } from '../../account/change/plan-polls.ts';
import { removeTokens } from '../../oauth/token/keep-tokens.ts';
import { applySettings } from '../../schedule/apply-settings.ts';
import { removeLeasesOfAccount } from '../../schedule/lease-store.ts';
import { addPoll, findPoll, resetPoll } from '../../schedule/poll-store.ts';
import { requireSignIn } from '../../schedule/sign-in-store.ts';
import { findCredential, removeCredential } from '../../vault/credential-store.ts';
import type { Settling } from './settling.ts';
import { listLostPasswords } from './trust-rule.ts';

/** Nobody polls a new account before its user has given the password. */
export async function addGivenPolls(
  settling: Settling,
  account: string,
  settings: AccountSettings,
): Promise<void> {
  const { tx, user, home } = settling;
  const plan = planPolls(settings, await settling.policy());
  if ((await findPoll(tx, account)) === undefined) {
    await addPoll(tx, { ...plan, account, user, home, next_at: null });
  }
  await demandSignIn(settling, account, 'layer-password');
  settling.polls = true;
}

/** Polled as the layer now says, at once; with the password that is kept, unless it was given for another server. */
export async function moveGivenPolls(
  settling: Settling,
  before: StoredAccount,
  settings: AccountSettings,
  organisation: boolean,
): Promise<void> {
  const { tx, server } = settling;
  const { id, oauth } = before;
  const lost = listLostPasswords(before.settings, settings, organisation);
  for (const kind of lost) await removeCredential(tx, id, kind);
  if (lost.includes('pop3') && oauth !== null) await removeTokens(tx, id);
  await removeLeasesOfAccount(tx, id);
  const poll = await findPoll(tx, id);
  if (poll === undefined) return;
  const plan = planPolls(settings, await settling.policy());
  await resetPoll(tx, id, applySettings(poll, plan, server.clock.now()));
  const isKept = (await findCredential(tx, id, oauth === null ? 'pop3' : 'oauth')) !== undefined;
  if (!isKept)
    await demandSignIn(
      settling,
      id,
      lost.includes('pop3') && poll.needs_sign_in === 0 ? 'layer-moved' : 'layer-password',
    );
  settling.polls = true;
}

async function demandSignIn(settling: Settling, account: string, reason: string): Promise<void> {
  const { tx, server } = settling;
  const error = { code: 'needs-sign-in', reason, message: 'the user gives the password', serverLine: null };
  await requireSignIn(tx, account, { now: server.clock.now(), error: JSON.stringify(error) });
}
