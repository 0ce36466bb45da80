import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import { foldHost } from '../../../common/host.ts';
import { matchesHost } from '../../../common/host-pattern.ts';
import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { MendChange, MendProblem, MendReport } from '../../../common/shapes/health.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { demandAccount, listStoredAccounts } from '../../account/account-store.ts';
import { checkNotThere, checkSettings } from '../../account/rule/account-rule.ts';
import type { StoredAccount } from '../../account/account-state.ts';
import { editAccount } from '../../account/change/change-account.ts';
import type { ProfileContext } from '../../context.ts';
import type { Reach } from '../../group/reach.ts';
import { findCopy } from '../../layer/copy-store.ts';
import { LAYER_SESSION } from '../../layer/layer-session.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { listLayersOn, mendLayers, type LayerOnHost } from './mend-layers.ts';
import { demandConfirmed, isSamePlace, judgeMend, needsConfirmation } from './mend-rule.ts';
import { listOnHost } from './mend-store.ts';
import { noteMend } from './note-mend.ts';

/** Of accounts that stay as they are, so many are named. */
const MOST_NAMED = 200;

/** Who mends: the admin's own id and session, and whom he looks after. */
export interface Mender {
  user: string;
  session: string;
  reach: Reach;
}

/**
 * Gives all accounts on a host, within reach, another host, port or TLS mode; passwords stay as they are and go nowhere
 * else without `confirm` of an organisation admin, see mend-rule.ts. Each account is changed by itself, as its user
 * would: what forbids it for one is reported and keeps no other back. Layers within reach that give accounts there are
 * changed with them. In the audit log for each account, whose user is shown it. MailErrors `forbidden`, `invalid`.
 */
export async function mendHost(
  server: ProfileContext,
  mender: Mender,
  change: MendChange,
): Promise<MendReport> {
  const from = foldHost(change.from);
  const { to, dryRun } = change;
  const organisation = mender.reach.all;
  const found = await listOnHost(server.db.read, from, organisation ? null : mender.reach.groups);
  const report: MendReport = { changed: 0, users: 0, same: 0, problems: [], layers: [], confirm: false };
  const layers = await listLayersOn(server.db.read, mender.reach, from, to);
  const users = new Set<string>();
  const wanted: { account: StoredAccount & { edited: number }; user: string; userName: string }[] = [];
  for (const { account: id, user, user_name } of found) {
    const account = await demandAccount(server.db.read, user, id);
    const { pop3 } = account.settings;
    if (isSamePlace(pop3, to)) report.same += 1;
    else if (needsConfirmation(pop3, to)) report.confirm = true;
    if (!isSamePlace(pop3, to)) wanted.push({ account, user, userName: user_name });
  }
  report.confirm ||= layers.some(({ account }) => needsConfirmation(account.pop3, to));
  if (!dryRun) {
    demandConfirmed({ host: from }, to, { organisation, confirm: change.confirm, needed: report.confirm });
  }
  for (const { account, user, userName } of wanted) {
    const problem = await mendAccount(server, mender, { account, user, to, dryRun, layers });
    // A host may have ten thousand.
    await yieldToOthers();
    if (problem === null) {
      report.changed += 1;
      users.add(user);
    } else if (report.problems.length < MOST_NAMED) {
      const { email } = account.settings;
      report.problems.push({ account: account.id, user: userName, email, reason: problem });
    }
  }
  report.users = users.size;
  report.layers = await mendLayers(server, mender, layers, { to, dryRun });
  return report;
}

async function mendAccount(
  server: ProfileContext,
  mender: Mender,
  {
    account,
    user,
    to,
    dryRun,
    layers,
  }: {
    account: StoredAccount & { edited: number };
    user: string;
    to: MendChange['to'];
    dryRun: boolean;
    layers: readonly LayerOnHost[];
  },
): Promise<MendProblem | null> {
  const { pop3 } = account.settings;
  const organisation = mender.reach.all;
  const copy = await findCopy(server.db.read, user, 'accounts', account.id);
  const withLayer = layers.some(({ record }) => record.place === copy?.place && record.id === copy.item);
  const locked = copy !== undefined && copy.locked !== null && !withLayer;
  const about = { oauth: account.oauth !== null, locked, organisation };
  const problem = judgeMend(pop3, to, about);
  if (problem !== null) return problem;
  const settings: AccountSettings = { ...account.settings, pop3: { ...pop3, ...to } };
  try {
    if (dryRun) await checkMend(server, user, account.id, settings);
    else {
      const note = { admin: mender.user, user, account: account.id, from: pop3, to: settings.pop3 };
      const along = async (tx: Writer): Promise<void> => await noteMend(server, tx, note);
      const { id, edited: base } = account;
      const input = { id, base, settings, secrets: {}, confirmation: null, moved: true, along };
      // What its layer is given too, the layer does: its lock is not against that.
      const session = withLayer ? LAYER_SESSION : mender.session;
      await editAccount(server, { user, session }, input);
    }
    return null;
  } catch (error) {
    return nameProblem(error);
  }
}

/** What `editAccount` would refuse. */
async function checkMend(
  server: ProfileContext,
  user: string,
  id: string,
  settings: AccountSettings,
): Promise<void> {
  checkSettings(settings, server.allowNetworks);
  const { allowedHosts } = await readPolicy(server.db.read, user);
  const { host } = settings.pop3;
  if (allowedHosts !== null && !allowedHosts.some((pattern) => matchesHost(host, pattern))) {
    throw new MailError('host-not-allowed', `${host} is not allowed by policy`);
  }
  const others = (await listStoredAccounts(server.db.read, user)).filter((other) => other.id !== id);
  checkNotThere(settings.pop3, others);
}

function nameProblem(error: unknown): MendProblem {
  if (error instanceof MailError) {
    if (error.code === 'host-not-allowed') return 'host-not-allowed';
    // Its user has removed it.
    if (error.code === 'not-found') return 'changed';
    if (error.code === 'conflict') return error.reason === 'account-exists' ? 'account-exists' : 'changed';
    if (error.reason === 'locked' || error.code === 'forbidden') return 'locked';
    if (error.code === 'invalid') return 'oauth';
  }
  throw error;
}
