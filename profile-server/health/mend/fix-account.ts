import { MailError } from '../../../common/errors.ts';
import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { demandAccount } from '../../account/account-store.ts';
import { editAccount } from '../../account/change/change-account.ts';
import type { ProfileContext } from '../../context.ts';
import { demandPowerOver, findReach } from '../../group/reach.ts';
import { findCopy } from '../../layer/copy-store.ts';
import { findPoll } from '../../schedule/poll-store.ts';
import { demandConfirmed, judgeMend, needsConfirmation, type Place } from './mend-rule.ts';
import { noteMend } from './note-mend.ts';

/** What an admin may change of somebody's account. */
export interface AccountFix {
  account: string;
  pop3?: { [Key in keyof Place]?: Place[Key] | undefined } | undefined;
  interval?: number | undefined;
  adaptive?: boolean | undefined;
  paused?: boolean | undefined;
  /** The new host once more, see MendChange. */
  confirm?: string | undefined;
}

/**
 * Changes one account of a user within reach: how often it is polled, whether at all, and how its host is spoken to.
 * Never its login name, password, address, ways of sending or retention: those say whose mail it is, where it goes and
 * what is deleted. Audited; the user is shown it. MailErrors `not-found`, `forbidden`, `invalid`, and of `editAccount`.
 */
export async function fixAccount(
  server: ProfileContext,
  caller: UserCaller,
  fix: AccountFix,
): Promise<Record<string, never>> {
  const poll = await findPoll(server.db.read, fix.account);
  const params = { account: fix.account };
  if (poll === undefined)
    throw new MailError('not-found', 'no such account', { reason: 'no-account', params });
  const owner = await demandPowerOver(server.db.read, caller, poll.user);
  const { settings: before, oauth, id, edited } = await demandAccount(server.db.read, owner.id, fix.account);
  const organisation = (await findReach(server.db.read, caller)).all;
  const place: Place = { ...before.pop3, ...dropUndefined(fix.pop3 ?? {}) };
  const copy = await findCopy(server.db.read, owner.id, 'accounts', id);
  const locked = copy !== undefined && copy.locked !== null;
  const problem = judgeMend(before.pop3, place, { oauth: oauth !== null, locked, organisation });
  const needed = needsConfirmation(before.pop3, place);
  if (problem === null || problem === 'weaker-tls')
    demandConfirmed(before.pop3, place, { organisation, confirm: fix.confirm, needed });
  if (problem !== null) throw new MailError('forbidden', 'not for admins', { reason: `fix-${problem}` });
  const settings: AccountSettings = {
    ...before,
    ...dropUndefined({ interval: fix.interval, adaptive: fix.adaptive, paused: fix.paused }),
    pop3: { ...before.pop3, host: place.host, port: place.port, tls: place.tls },
  };
  const note = { admin: caller.user, user: owner.id, account: id, from: before.pop3, to: settings.pop3 };
  const along = async (tx: Writer): Promise<void> => await noteMend(server, tx, note);
  const input = { id, base: edited, settings, secrets: {}, confirmation: null, moved: needed, along };
  await editAccount(server, { user: owner.id, session: caller.session }, input);
  return {};
}

function dropUndefined<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}
