import { MailError } from '../../../common/errors.ts';

/** Whom a mechanism signs in, and where: OAUTHBEARER names the server in its token line. */
export interface Credentials {
  user: string;
  /** The password, or the access token of XOAUTH2 and OAUTHBEARER. */
  secret: string;
  host: string;
  port: number;
}

/** One run of a SASL mechanism from the client's side (RFC 4422), without any wire; used once. */
export interface Mechanism {
  /** As CAPA and AUTH name it. */
  readonly name: string;
  /** What the client says first; null where the server speaks first. */
  readonly first: Buffer | null;
  /** False: the first response never goes with the command, but after the server's `+`. */
  readonly inOneLine: boolean;
  /** The response to a challenge after the first response, the challenge in base64 as it came. A MailError ends the attempt. */
  respond(challenge: string): Buffer | Promise<Buffer>;
  /** After `+OK`. Throws when the server has not proven what the mechanism wants proven. */
  confirm?(): void;
  /** A refusal whose cause the mechanism knows better than the server's last line; null where it does not. */
  explain?(refused: MailError): MailError | null;
}

/** Throws `protocol` with reason `sasl` for what is no base64. */
export function decodeChallenge(challenge: string): Buffer {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(challenge)) throw breakOff('a challenge is not base64', challenge);
  return Buffer.from(challenge, 'base64');
}

/** The server leaves the course of the mechanism. */
export function breakOff(message: string, serverLine?: string): MailError {
  return new MailError('protocol', message, {
    reason: 'sasl',
    ...(serverLine === undefined ? {} : { serverLine }),
  });
}
