import { foldAsciiAddress } from '../../server-kit/mail-domain.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { demandTaken, takeCode } from '../sender/confirm-code.ts';
import { mailCode } from '../sender/send-code.ts';
import { proveOwnPassword } from '../session/sign-in/prove-user.ts';
import { findUser, setUserFields } from '../user/user-store.ts';
import { endMailedResetsOf } from './reset-store.ts';

export interface SecondAddress {
  address: string | null;
  proven: boolean;
}

export async function showSecondAddress(server: ProfileContext, user: string): Promise<SecondAddress> {
  const found = await findUser(server.db.read, user);
  return { address: found?.second_address ?? null, proven: found?.second_address_proven === 1 };
}

/**
 * Has a code mailed to the address that shall be the second one; with null there is none any more. Who is signed in at an
 * unlocked PC could make himself a way back in by it, hence the password. MailErrors `sign-in-failed`, `too-soon`,
 * `too-many-tries`.
 */
export async function changeSecondAddress(
  server: ProfileContext,
  user: string,
  input: { address: string | null; password: string },
): Promise<{ sentTo: string | null; expiresAt: string | null }> {
  await proveOwnPassword(server, user, input.password);
  const { address } = input;
  if (address === null) {
    await server.db.write(async (tx) => {
      await setUserFields(tx, user, { second_address: null, second_address_proven: 0 });
      await endMailedResetsOf(tx, user);
      await note(server, tx, user, 'second-address.remove');
    });
    return { sentTo: null, expiresAt: null };
  }
  const sent = await server.db.write(
    async (tx) => await mailCode(server, tx, { user, address, purpose: 'second-address' }),
  );
  server.hints.give('notice');
  return sent;
}

/** The code that came there proves the address, and from then on it is the second one. MailError `invalid`. */
export async function proveSecondAddress(
  server: ProfileContext,
  user: string,
  input: { address: string; code: string },
): Promise<SecondAddress> {
  const refused = await server.db.write(async (tx) => {
    const address = foldAsciiAddress(input.address);
    const taken = await takeCode(server, tx, { user, address, code: input.code, purpose: 'second-address' });
    if (taken !== null) return taken;
    await setUserFields(tx, user, { second_address: input.address, second_address_proven: 1 });
    await endMailedResetsOf(tx, user);
    await note(server, tx, user, 'second-address.prove');
    return null;
  });
  demandTaken(refused);
  return { address: input.address, proven: true };
}

async function note(
  server: ProfileContext,
  tx: Parameters<typeof appendAudit>[0],
  user: string,
  action: string,
): Promise<void> {
  await appendAudit(tx, { at: server.clock.now(), actor: user, action, subject: user, detail: {} });
}
