import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { FakeConnection, FakePop3Options } from './pop3-server.ts';

/** The server's half of SASL dialogues, written from the RFCs apart from the client's. Each takes what the client says, decoded. */
export interface Dialogue {
  /** The next challenge, or how it ended. Called first with null where the client said nothing yet. */
  next(said: Buffer | null): { challenge: Buffer } | { end: string };
}

/** Scripts AUTH: which mechanisms, and what each does. `oneLine` false closes on a first response in the command, as Microsoft does. */
export function serveSasl(
  mechanisms: Record<string, () => Dialogue>,
  { oneLine = true }: { oneLine?: boolean } = {},
): NonNullable<FakePop3Options['script']> {
  const running = new WeakMap<FakeConnection, Dialogue>();
  const say = (connection: FakeConnection, dialogue: Dialogue, said: Buffer | null): void => {
    const step = dialogue.next(said);
    if ('challenge' in step) return connection.say(`+ ${step.challenge.toString('base64')}`);
    running.delete(connection);
    connection.signedIn = step.end.startsWith('+OK');
    connection.say(step.end);
  };
  return (connection, verb, rest) => {
    const dialogue = running.get(connection);
    if (dialogue !== undefined) {
      const line = connection.line;
      if (line !== '*') say(connection, dialogue, Buffer.from(line, 'base64'));
      else connection.say((running.delete(connection), '-ERR cancelled'));
      return true;
    }
    if (verb !== 'AUTH') return false;
    const [name = '', initial] = rest.split(' ');
    const make = mechanisms[name.toUpperCase()];
    if (make === undefined) connection.say('-ERR unknown mechanism');
    else if (initial !== undefined && !oneLine) connection.socket.destroy();
    else {
      const begun = make();
      running.set(connection, begun);
      say(
        connection,
        begun,
        initial === undefined ? null : Buffer.from(initial.replace(/^=$/, ''), 'base64'),
      );
    }
    return true;
  };
}

const EMPTY = Buffer.alloc(0);
const ended = (good: boolean): { end: string } => ({ end: good ? '+OK signed in' : '-ERR [AUTH] no' });

export function plainDialogue(user = 'alice', password = 'secret'): Dialogue {
  return {
    next: (said) =>
      said === null ? { challenge: EMPTY } : ended(said.toString() === `\0${user}\0${password}`),
  };
}

export function loginDialogue(user = 'alice', password = 'secret'): Dialogue {
  const given: string[] = [];
  return {
    next(said) {
      if (said !== null) given.push(said.toString());
      if (given.length < 2) return { challenge: Buffer.from(given.length === 0 ? 'Username:' : 'Password:') };
      return ended(given[0] === user && given[1] === password);
    },
  };
}

/** XOAUTH2 and OAUTHBEARER: a refused token is told in JSON, and the `-ERR` waits for the client's answer to it. */
export function bearerDialogue(
  kind: 'xoauth2' | 'oauthbearer',
  { token = 'secret', refusal = '-ERR [AUTH] Authentication failed.' } = {},
): Dialogue {
  let refused = false;
  return {
    next(said) {
      if (said === null) return { challenge: EMPTY };
      if (refused)
        return {
          end: said.equals(kind === 'xoauth2' ? EMPTY : Buffer.from([1])) ? refusal : '-ERR bad answer',
        };
      const text = said.toString();
      const fits =
        kind === 'xoauth2'
          ? text === `user=alice\u0001auth=Bearer ${token}\u0001\u0001`
          : /^n,a=alice,\u0001host=localhost\u0001port=\d+\u0001auth=Bearer /.test(text) &&
            text.endsWith(`auth=Bearer ${token}\u0001\u0001`);
      if (fits) return ended(true);
      refused = true;
      return { challenge: Buffer.from('{"status":"invalid_token","schemes":"bearer","scope":"mail"}') };
    },
  };
}

export interface ScramFaults {
  rounds?: number;
  /** Instead of the true server signature. */
  signature?: Buffer;
  /** `+OK` without the server signature. */
  unproven?: boolean;
  /** A nonce that does not begin with the client's. */
  foreignNonce?: boolean;
}

/** RFC 5802 with SHA-256, salt and nonce fixed. */
export function scramDialogue(password = 'secret', faults: ScramFaults = {}): Dialogue {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  const rounds = faults.rounds ?? 4096;
  let bare = '';
  let serverFirst = '';
  let step = 0;
  let last = ended(false);
  const hmac = (key: Buffer, text: string | Buffer): Buffer =>
    createHmac('sha256', key).update(text).digest();
  return {
    next(said) {
      if (said === null) return { challenge: EMPTY };
      step++;
      const text = said.toString();
      if (step === 1) {
        bare = text.slice(3);
        const nonce = /r=(.*)$/.exec(bare)?.[1] ?? '';
        serverFirst = `r=${faults.foreignNonce === true ? 'other' : nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF,s=${salt.toString('base64')},i=${rounds}`;
        return { challenge: Buffer.from(serverFirst) };
      }
      if (step === 3) return last;
      const [, withoutProof = '', proof = ''] = /^(.*),p=(.*)$/.exec(text) ?? [];
      const message = `${bare},${serverFirst},${withoutProof}`;
      const salted = pbkdf2Sync(password.normalize('NFKC'), salt, Math.min(rounds, 10_000), 32, 'sha256');
      const clientKey = hmac(salted, 'Client Key');
      const mask = hmac(createHash('sha256').update(clientKey).digest(), message);
      const good = Buffer.from(proof, 'base64').equals(
        Buffer.from(clientKey.map((byte, at) => byte ^ mask[at]!)),
      );
      if (!good) return { challenge: Buffer.from('e=invalid-proof') };
      last = ended(true);
      if (faults.unproven === true) return last;
      const signature = faults.signature ?? hmac(hmac(salted, 'Server Key'), message);
      return { challenge: Buffer.from(`v=${signature.toString('base64')}`) };
    },
  };
}
