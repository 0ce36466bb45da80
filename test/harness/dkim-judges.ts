import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startUnbound } from './unbound.ts';
import { makeTempDir } from './tempdir.ts';

/** What a verifier of somebody else says of a mail. */
export interface Verdict {
  accepted: boolean;
  output: string;
}

export interface DkimJudges {
  /** Debian's python3-dkim, for the signature of that number (0 is the first); it knows Ed25519. */
  dkimverify(message: Buffer, index: number): Promise<Verdict>;
  /** The same for many mails by one start of Python: for each mail whether each of two signatures holds. */
  python(messages: readonly Buffer[]): Promise<boolean[][]>;
  /** Debian's opendkim-tools: every signature, of the kinds that it knows. */
  opendkim(message: Buffer): Promise<Verdict>;
  stop(): Promise<void>;
}

const VERIFY_ALL = `
import base64, json, sys, dkim
def holds(message, index):
    try:
        return dkim.DKIM(message).verify(index)
    except dkim.DKIMException:
        return False
messages = [base64.b64decode(one) for one in json.load(sys.stdin)]
print(json.dumps([[holds(message, index) for index in (0, 1)] for message in messages]))
`;

/**
 * Both ask the DNS of the system: they run where /etc/resolv.conf names an unbound with `records`. Needs root, as only
 * root may mount and listen on port 53.
 */
export async function startDkimJudges(records: readonly string[]): Promise<DkimJudges> {
  const directory = makeTempDir('dkim-judges');
  const address = `127.0.53.${1 + (process.pid % 250)}`;
  const dns = await startUnbound(records, { host: address, port: 53 });
  const resolvers = join(directory.path, 'resolv.conf');
  writeFileSync(resolvers, `nameserver ${address}\n`);
  const judge = async (program: string[], message: Buffer): Promise<Verdict> => {
    const script = `mount --bind ${resolvers} /etc/resolv.conf && exec "$@"`;
    const child = spawn('unshare', ['-m', 'sh', '-c', script, 'sh', ...program]);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    // One that answers before it has read all is no error of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(message);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { accepted: code === 0, output: output.trim() };
  };
  return {
    dkimverify: async (message, index) =>
      await judge(['/usr/bin/dkimverify', '--index', String(index)], message),
    python: async (messages) => {
      const input = JSON.stringify(messages.map((message) => message.toString('base64')));
      const { output } = await judge(['/usr/bin/python3', '-c', VERIFY_ALL], Buffer.from(input));
      if (!output.startsWith('[')) throw new Error(output);
      return JSON.parse(output) as boolean[][];
    },
    opendkim: async (message) => {
      const verdict = await judge(['/usr/sbin/opendkim-testmsg'], message);
      return { ...verdict, accepted: verdict.accepted && verdict.output === '' };
    },
    stop: async () => {
      await dns.stop();
      directory.remove();
    },
  };
}
