import { explainBearerRefusal, readBearerProblem, type BearerProblem } from './bearer.ts';
import type { Credentials, Mechanism } from './mechanism.ts';

/** Ends the dialogue after the server's refusal (RFC 7628 section 3.2.3). */
const DUMMY = Buffer.from([1]);

/** RFC 7628 with a bearer token; in two steps as XOAUTH2, since a token seldom fits the command's 255 octets. */
export function makeOauthbearer({ user, secret, host, port }: Credentials): Mechanism {
  // RFC 5801 section 4: the only characters that a name must not hold as they are.
  const name = user.replaceAll('=', '=3D').replaceAll(',', '=2C');
  const first = Buffer.from(
    `n,a=${name},\u0001host=${host}\u0001port=${port}\u0001auth=Bearer ${secret}\u0001\u0001`,
  );
  let problem: BearerProblem | null = null;
  return {
    name: 'OAUTHBEARER',
    first,
    inOneLine: false,
    respond(challenge) {
      problem = readBearerProblem(challenge);
      return DUMMY;
    },
    explain: (refused) => explainBearerRefusal(refused, problem),
  };
}
