import { MailError } from '../../../common/errors.ts';
import type { Reply } from '../reply.ts';
import type { Wire } from '../wire.ts';
import { breakOff, type Mechanism } from './mechanism.ts';

/** RFC 5034 section 4: with its first response a command still has at most 255 octets, CRLF included. */
const LONGEST_COMMAND = 253;
/** No mechanism here needs more. */
const MOST_CHALLENGES = 6;

/** The AUTH command line, with the first response where mechanism and length allow it (RFC 5034; `=` stands for an empty one). */
export function makeAuthLine({ name, first, inOneLine }: Mechanism): string {
  if (first === null || !inOneLine) return `AUTH ${name}`;
  const line = `AUTH ${name} ${first.length === 0 ? '=' : first.toString('base64')}`;
  return line.length <= LONGEST_COMMAND ? line : `AUTH ${name}`;
}

/**
 * From AUTH to the last reply, `+OK` or `-ERR` (RFC 5034 section 4). MailError when the mechanism breaks it off: the server is told by `*`,
 * and the connection is of no more use.
 */
export async function authenticate(wire: Wire, mechanism: Mechanism): Promise<Reply> {
  const line = makeAuthLine(mechanism);
  if (mechanism.first !== null) wire.hide(mechanism.first.toString('base64'));
  let reply = await wire.ask(line);
  // Without it the first challenge is empty and asks for the first response.
  let first = line === `AUTH ${mechanism.name}` ? mechanism.first : null;
  for (let challenges = 1; reply.kind === 'continue'; challenges++) {
    let response: Buffer;
    try {
      if (challenges > MOST_CHALLENGES) throw breakOff('challenges without end', reply.line);
      response = first ?? (await mechanism.respond(reply.text.trim()));
      first = null;
    } catch (error) {
      void wire.ask('*').catch(() => undefined);
      // The challenge as it came could repeat a secret.
      const told = error instanceof MailError && error.serverLine !== null;
      throw told ? breakOff(error.message, reply.line.replace(/^\+ /, '')) : error;
    }
    const encoded = response.toString('base64');
    wire.hide(encoded);
    reply = await wire.ask(encoded);
  }
  if (reply.kind === 'ok') mechanism.confirm?.();
  return reply;
}
