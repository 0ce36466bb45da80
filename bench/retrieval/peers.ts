import { execFile } from 'node:child_process';
import { chmodSync, createReadStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** getmail refuses to write mail as root. */
const OWNER = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

function makeMaildir(dir: string): string {
  const maildir = join(dir, 'Maildir');
  for (const name of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, name), { recursive: true });
  return maildir;
}

async function measure(
  command: string,
  args: string[],
  home: string,
  count: number,
  countGot: () => Promise<number> | number,
): Promise<number> {
  if (OWNER.uid !== undefined) await run('chown', ['-R', `${OWNER.uid}:${OWNER.gid}`, home]);
  const begun = performance.now();
  try {
    await run(command, args, {
      ...OWNER,
      cwd: home,
      maxBuffer: 1 << 26,
      env: { ...process.env, HOME: home },
    });
  } catch (error) {
    throw new Error(`${command} failed: ${String(error).slice(0, 500)}`, { cause: error });
  }
  const seconds = (performance.now() - begun) / 1000;
  const got = await countGot();
  if (got !== count) throw new Error(`${command} wrote ${got} of ${count} messages`);
  return seconds;
}

function countMaildir(maildir: string): () => number {
  return () => readdirSync(join(maildir, 'new')).length;
}

/** mpop into a maildir, as its manual has it. Seconds. */
export async function runMpop(dir: string, port: number, count: number): Promise<number> {
  const maildir = makeMaildir(dir);
  const config = join(dir, 'mpoprc');
  writeFileSync(
    config,
    `account bench\nhost 127.0.0.1\nport ${port}\nuser bench\npassword secret\nauth user\ntls off\nkeep on\n` +
      `uidls_file ${join(dir, 'uidls')}\ndelivery maildir ${maildir}\naccount default : bench\n`,
  );
  chmodSync(config, 0o600);
  return await measure('mpop', ['-C', config, '-q'], dir, count, countMaildir(maildir));
}

/** getmail into a maildir. Seconds. */
export async function runGetmail(dir: string, port: number, count: number): Promise<number> {
  const maildir = makeMaildir(dir);
  const config = join(dir, 'getmailrc');
  writeFileSync(
    config,
    `[retriever]\ntype = SimplePOP3Retriever\nserver = 127.0.0.1\nport = ${port}\nusername = bench\npassword = secret\n` +
      `[destination]\ntype = Maildir\npath = ${maildir}/\n[options]\ndelete = false\nverbose = 0\nread_all = true\n`,
  );
  chmodSync(config, 0o600);
  const args = ['--getmaildir', dir, '--rcfile', config];
  return await measure('getmail', args, dir, count, countMaildir(maildir));
}

/** fetchmail into one file, which is its fastest way: with a delivery agent it starts a process for each message. Seconds. */
export async function runFetchmail(dir: string, port: number, count: number): Promise<number> {
  const config = join(dir, 'fetchmailrc');
  const out = join(dir, 'out');
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    config,
    `set no bouncemail\npoll 127.0.0.1 protocol pop3 port ${port} auth password user "bench" password "secret" ` +
      `keep fetchall sslproto '' bsmtp ${out}\n`,
  );
  chmodSync(config, 0o600);
  const args = ['-f', config, '--idfile', join(dir, 'ids'), '--pidfile', join(dir, 'pid'), '--silent'];
  return await measure('fetchmail', args, dir, count, async () => {
    let got = 0;
    const lines = createInterface({ input: createReadStream(out) });
    for await (const line of lines) if (line.startsWith('MAIL FROM:')) got++;
    return got;
  });
}
