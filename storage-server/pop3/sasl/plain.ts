import { breakOff, type Credentials, type Mechanism } from './mechanism.ts';

/** RFC 4616: authorization identity (none), authentication identity and password, in UTF-8, divided by NUL. */
export function makePlain({ user, secret }: Credentials): Mechanism {
  return {
    name: 'PLAIN',
    first: Buffer.from(`\0${user}\0${secret}`),
    inOneLine: true,
    respond() {
      throw breakOff('a challenge in PLAIN');
    },
  };
}
