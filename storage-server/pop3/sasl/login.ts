import { breakOff, type Credentials, type Mechanism } from './mechanism.ts';

/** The LOGIN of draft-murchison-sasl-login: two questions in whatever words, name first. */
export function makeLogin({ user, secret }: Credentials): Mechanism {
  const answers = [user, secret];
  return {
    name: 'LOGIN',
    first: null,
    inOneLine: false,
    respond() {
      const answer = answers.shift();
      if (answer === undefined) throw breakOff('a third question in LOGIN');
      return Buffer.from(answer);
    },
  };
}
