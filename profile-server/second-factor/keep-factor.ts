import { MailError } from '../../common/errors.ts';
import type { NewPasskey } from '../../common/shapes/passkey.ts';
import type { SecurityNoteKind } from '../../common/shapes/security-note.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { limitTries, nameTries } from '../password/tries/limit-tries.ts';
import { writeNote } from '../session/note/security-notes.ts';
import { refuseTicket, spendTicket, type TicketState } from '../session/ticket/ticket.ts';
import { lockUser } from '../user/user-store.ts';
import { hasFactor, readFactors } from './factors.ts';
import { keepPasskey, readNewPasskey } from './passkey/keep-passkey.ts';
import { checkPasskeyName } from './passkey/passkey-rule.ts';
import { renewRecoveryCodes } from './recovery/recovery.ts';
import { keepTotp } from './totp/totp.ts';
import { matchTotp, readTotpCode } from './totp/totp-rule.ts';

const DEFAULT_NAME = 'Passkey';

/** What the user gives to prove that the new factor works. */
export interface NewFactor {
  ticket: string;
  totp?: string | undefined;
  newPasskey?: NewPasskey | undefined;
  name?: string | undefined;
}

/** The factor that signing in demanded; the recovery codes that come with it. MailErrors of `keepNewFactor`. */
export async function keepFirstFactor(
  server: ProfileContext,
  user: { id: string },
  state: TicketState,
  given: NewFactor,
): Promise<string[]> {
  return (await keepNewFactor(server, user.id, state, given, { onlyFirst: true })) ?? [];
}

/**
 * Keeps an authenticator app by its first code, or a passkey, in the transaction that spends the ticket. Returns ten
 * recovery codes where it is the first factor, else null: those that are there stay good; with `onlyFirst` it has to be
 * that. MailErrors `invalid`
 * (`totp-code`, `passkey`), `sign-in-failed` (`ticket`), `conflict`, `too-large`, `too-many-tries`.
 */
export async function keepNewFactor(
  server: ProfileContext,
  user: string,
  state: Pick<TicketState, 'secret' | 'challenge'>,
  given: NewFactor,
  how: { onlyFirst: boolean } = { onlyFirst: false },
): Promise<string[] | null> {
  const keep =
    given.newPasskey === undefined
      ? await prepareTotp(server, user, state.secret, given.totp ?? '')
      : await preparePasskey(server, user, state.challenge ?? '', {
          made: given.newPasskey,
          name: checkPasskeyName(given.name ?? DEFAULT_NAME),
        });
  return await server.db.write(async (tx) => {
    await spendTicket(server, tx, given.ticket);
    await lockUser(tx, user);
    const isFirst = !hasFactor(await readFactors(tx, user));
    // Somebody has set one up meanwhile, who alone may add others: a password is not enough for that any more.
    if (how.onlyFirst && !isFirst) throw refuseTicket();
    await keep(tx);
    return isFirst ? await renewRecoveryCodes(server, tx, user) : null;
  });
}

/** Notes a change of the factors for the user and in the audit log. */
export async function noteFactor(
  tx: Writer,
  server: ProfileContext,
  user: string,
  what: SecurityNoteKind,
  name: string | null = null,
): Promise<void> {
  await writeNote(tx, server, { user, what, by: null, detail: { name } });
  const at = server.clock.now();
  await appendAudit(tx, { at, actor: user, action: `factor.${what}`, subject: user, detail: {} });
}

async function prepareTotp(
  server: ProfileContext,
  user: string,
  secret: string | null,
  typed: string,
): Promise<(tx: Writer) => Promise<void>> {
  if (secret === null) throw refuseCode();
  const who = nameTries(server, ['new-totp', user]);
  const prove = async (): Promise<number | null> => {
    const code = readTotpCode(typed);
    return code === null ? null : matchTotp(secret, code, server.clock.now(), 0);
  };
  const step = await limitTries(server, who, prove, { lookedAt: 100, refuse: refuseCode });
  return async (tx) => {
    await keepTotp(server, tx, user, { secret, step });
    await noteFactor(tx, server, user, 'totp-added');
  };
}

async function preparePasskey(
  server: ProfileContext,
  user: string,
  challenge: string,
  given: { made: NewPasskey; name: string },
): Promise<(tx: Writer) => Promise<void>> {
  const passkey = await readNewPasskey(server, user, { ...given, challenge });
  return async (tx) => {
    await keepPasskey(tx, passkey);
    await noteFactor(tx, server, user, 'passkey-added', passkey.name);
  };
}

function refuseCode(): MailError {
  return new MailError('invalid', 'wrong first code', { field: 'totp', reason: 'totp-code' });
}
