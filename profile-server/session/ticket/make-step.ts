import type { FactorMethod, SignInStep } from '../../../common/shapes/session.ts';
import type { ProfileContext } from '../../context.ts';
import { makeSecretToken } from '../../secret-token.ts';
import { leastLength } from '../../password/choice/password-rule.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { hasFactor, readFactors, type Factors } from '../../second-factor/factors.ts';
import { askNewPasskey, askPasskey, readPasskeyPlace } from '../../second-factor/passkey/passkey-rule.ts';
import { describeTotp, makeTotpSecret } from '../../second-factor/totp/totp-rule.ts';
import type { UserRecord } from '../../user/user-store.ts';
import type { Proven } from '../sign-in/complete-sign-in.ts';
import type { Keeping } from '../open-session.ts';
import { chooseStep } from './next-step.ts';
import { makeTicket, type TicketState } from './ticket.ts';

/** What a proven user is asked next, with the ticket for the answer; null when a session may begin. */
export async function makeNextStep(
  server: ProfileContext,
  user: UserRecord,
  keeping: Keeping,
  proven: Proven,
): Promise<SignInStep | null> {
  const factors = await readFactors(server.db.read, user.id);
  const factorRequired = (await readPolicy(server.db.read, user.id)).secondFactor === 'required';
  const next = chooseStep({
    hasFactor: hasFactor(factors),
    factorProven: proven.factorProven,
    mustChange: user.must_change,
    local: user.source === 'local',
    factorRequired,
  });
  if (next === null) return null;
  const state: TicketState = {
    purpose: next.step,
    user: user.id,
    keeping: pickKeeping(keeping),
    proven,
    challenge: makeSecretToken(server.random),
    secret: null,
  };
  if (next.step === 'second-factor') return askFactor(server, user, factors, state);
  if (next.step === 'set-up-factor') return askSetUp(server, user, state);
  const least = leastLength(server, hasFactor(factors) || factorRequired);
  return { ...next, ticket: makeTicket(server, state, user), least };
}

function askFactor(
  server: ProfileContext,
  user: UserRecord,
  factors: Factors,
  state: TicketState,
): SignInStep {
  const place = readPasskeyPlace(server.settings.publicUrl);
  const byPasskey = place !== null && factors.passkeys.length > 0;
  const has: Record<FactorMethod, boolean> = {
    totp: factors.totp,
    passkey: byPasskey,
    recovery: factors.recoveryLeft > 0,
  };
  return {
    step: 'second-factor',
    ticket: makeTicket(server, state, user),
    methods: (Object.keys(has) as FactorMethod[]).filter((method) => has[method]),
    passkey: byPasskey ? askPasskey(place.rpId, state.challenge ?? '', factors.passkeys) : null,
  };
}

function askSetUp(server: ProfileContext, user: UserRecord, state: TicketState): SignInStep {
  const place = readPasskeyPlace(server.settings.publicUrl);
  const secret = makeTotpSecret(server.random);
  const named = { id: user.id, name: user.name, displayName: user.display_name ?? user.name };
  return {
    step: 'set-up-factor',
    ticket: makeTicket(server, { ...state, secret }, user),
    totp: describeTotp(secret, { user: user.name, issuer: new URL(server.settings.publicUrl).host }),
    passkey: place === null ? null : askNewPasskey(place.rpId, state.challenge ?? '', named, []),
  };
}

/** Input of procedures has more in it, such as the password. */
function pickKeeping({ client, remember, cookie, lab, room, pc }: Keeping): Keeping {
  return { client, remember, cookie, lab, room, pc };
}
