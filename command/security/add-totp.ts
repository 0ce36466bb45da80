import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask, type Connection } from '../server/connection.ts';
import { askLine } from '../terminal.ts';
import { askProof } from './ask-proof.ts';
import { formatRecovery } from './format-recovery.ts';
import { showTotp } from './show-totp.ts';

/**
 * `totp add`: shows the app's secret and asks for its first code. For programs in two halves: `--begin` gives the secret
 * with a ticket, `--ticket T --code C` within five minutes keeps it.
 */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const [ticket, code] = [typed.text('ticket'), typed.text('code')];
  if ((ticket === undefined) !== (code === undefined)) {
    throw makeUsageError('missing-option', { option: ticket === undefined ? '--ticket' : '--code' });
  }
  if (typed.has('begin') && ticket !== undefined) {
    throw makeUsageError('not-together', { option: '--begin', other: '--ticket' });
  }
  const { profile } = await call.connect();
  if (ticket !== undefined && code !== undefined) return await confirm(call, profile, { ticket, code });
  const begun = await ask(profile.factor.beginTotp.mutate({ proof: await askProof(call) }));
  if (typed.has('begin')) return { value: begun, text: `${begun.uri}\n${begun.ticket}` };
  showTotp(call, begun);
  const first = await askLine(`${call.words().firstCode}: `, true);
  return await confirm(call, profile, { ticket: begun.ticket, code: first });
}

async function confirm(
  call: Call,
  profile: Connection['profile'],
  given: { ticket: string; code: string },
): Promise<Outcome> {
  const { recovery } = await ask(profile.factor.confirmTotp.mutate(given));
  const { totpAdded } = call.words();
  const text = recovery === null ? totpAdded : `${totpAdded}\n${formatRecovery(call, recovery)}`;
  return { value: { added: 'totp', recovery }, text };
}
