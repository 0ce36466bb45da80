import type { Revocation } from '../../server-kit/auth/revocation.ts';
import type { Senders } from './sign-in/authorise.ts';
import type { Submitter } from './sign-in/submitter.ts';
import type { StrictServer } from './wire/strict-server.ts';

/** Whether whoever is signed in has to go: his app password was removed, he was disabled, or his home shut out. */
function isCutOff(submitter: Submitter, { kind, id }: Revocation): boolean {
  if (kind === 'part') return submitter.part === id;
  return id === (kind === 'user' ? submitter.user : submitter.appPassword);
}

/** Ends the connections of those that the profile-server no longer trusts. */
export function followRevocations(
  revocation: Revocation,
  servers: readonly StrictServer[],
  senders: Pick<Senders, 'forget'>,
): void {
  if (revocation.kind === 'user') senders.forget(revocation.id);
  for (const server of servers) {
    for (const connection of server.connections) {
      const submitter = connection.session.user as Submitter | undefined;
      if (submitter && isCutOff(submitter, revocation)) connection.send(421, '4.7.0 no longer trusted');
    }
  }
}
