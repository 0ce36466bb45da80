import { MailError } from '../../../common/errors.ts';
import { makeId } from '../../../common/ids.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { writeNote } from '../../session/note/security-notes.ts';
import { makeSecretToken } from '../../secret-token.ts';
import { findLiveSession } from '../../session/session-store.ts';
import { admitPerson, labelOf, type ProvenPerson } from '../admit-person.ts';
import { addIdentity, findIdentity, nameIdentity } from '../identity-store.ts';
import { nameRedirect } from './begin.ts';
import { isDemanded, readPerson, tellsFactors } from './claims-rule.ts';
import { exchangeCode } from './exchange.ts';
import { TICKET_LIFE, hashTicket, type Pending, type Purpose } from './pending.ts';
import { demandProvider } from './provider/providers.ts';
import { leaveTicket, PROVEN } from './ticket-store.ts';
import { refuseTwo } from './tickets.ts';

/** How the page at which the provider's answer arrived goes on. */
export type CallbackEnd =
  { kind: 'browser'; ticket: string; mark: string } | { kind: 'program' } | { kind: 'link' };

/** Takes the provider's answer for the sign-in that began in this browser. Throws MailErrors. */
export async function answerCallback(
  server: ProfileContext,
  pending: Pending,
  params: URLSearchParams,
): Promise<CallbackEnd> {
  const provider = await demandProvider(server, pending.provider);
  const { state, nonce, verifier, purpose } = pending;
  const answer = { params, state, nonce, verifier, redirectUri: nameRedirect(server) };
  const claims = await exchangeCode(server, provider, answer);
  if (!isDemanded(claims, provider.demand)) {
    throw new MailError('sign-in-failed', 'the demanded claim is missing', {
      reason: 'directory-not-demanded',
      params: { provider: provider.name },
    });
  }
  const person: ProvenPerson = {
    ...readPerson(claims, provider.claims),
    source: 'oidc',
    provider: provider.id,
    providerName: provider.name,
    issuer: provider.issuer,
    subject: claims.sub,
  };
  if (purpose.kind === 'link') {
    await linkPerson(server, purpose, person);
    return { kind: 'link' };
  }
  const user = await admitPerson(server, person, provider.makesUsers);
  return await giveTicket(server, purpose, user.id, provider.provesFactor || tellsFactors(claims));
}

/** What is worth a session, for whoever began: the browser by what only it has, a program by its secret. */
async function giveTicket(
  server: ProfileContext,
  purpose: Exclude<Purpose, { kind: 'link' }>,
  user: string,
  factorProven: boolean,
): Promise<CallbackEnd> {
  const secret = (): string => makeSecretToken(server.random);
  const [ticket, mark] = [secret(), secret()];
  const hash = purpose.kind === 'browser' ? hashTicket('browser', ticket, mark) : purpose.wait;
  const left = await server.db.write(async (tx) => {
    const now = server.clock.now();
    const factor_proven = factorProven ? PROVEN.outside : PROVEN.none;
    const ticket = { ticket_hash: hash, user, factor_proven, expires_at: now + TICKET_LIFE };
    return await leaveTicket(tx, ticket, now);
  });
  if (!left) throw refuseTwo();
  if (purpose.kind === 'browser') return { kind: 'browser', ticket, mark };
  server.hints.give(`oidc:${hash}`);
  return { kind: 'program' };
}

/** MailError `conflict` when the person is somebody else's way in, `sign-in-failed` when the session is over. */
async function linkPerson(
  server: ProfileContext,
  { user, session }: Extract<Purpose, { kind: 'link' }>,
  person: ProvenPerson,
): Promise<void> {
  const { provider, providerName, issuer, subject } = person;
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    if ((await findLiveSession(tx, session, at))?.user !== user) {
      throw new MailError('sign-in-failed', 'its session is over', { reason: 'oauth-session' });
    }
    const identity_key = nameIdentity(issuer, subject);
    const added = await addIdentity(tx, {
      identity_key,
      id: makeId('identity', server.random),
      user,
      provider,
      issuer,
      subject,
      label: labelOf(person),
      created_at: at,
      last_used: null,
    });
    if (!added && (await findIdentity(tx, identity_key))?.user !== user) {
      throw new MailError('conflict', 'the person is another user here', {
        reason: 'directory-linked-elsewhere',
        params: { provider: providerName },
      });
    }
    if (added) {
      await appendAudit(tx, {
        at,
        actor: user,
        action: 'directory.link',
        subject: user,
        detail: { provider },
      });
      await writeNote(tx, server, { user, what: 'sign-in-linked', by: null, detail: { name: providerName } });
    }
  });
  server.hints.give(`user:${user}`);
}
