import { explainBearerRefusal, readBearerProblem, type BearerProblem } from './bearer.ts';
import type { Credentials, Mechanism } from './mechanism.ts';

/**
 * Google's and Microsoft's XOAUTH2, always in two steps: Microsoft closes the connection when the token comes with the command.
 * A refusal comes as a challenge that holds JSON; an empty line lets the server go on to its `-ERR`.
 */
export function makeXoauth2({ user, secret }: Credentials): Mechanism {
  let problem: BearerProblem | null = null;
  return {
    name: 'XOAUTH2',
    first: Buffer.from(`user=${user}\u0001auth=Bearer ${secret}\u0001\u0001`),
    inOneLine: false,
    respond(challenge) {
      problem = readBearerProblem(challenge);
      return Buffer.alloc(0);
    },
    explain: (refused) => explainBearerRefusal(refused, problem),
  };
}
