import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface PeerFigures {
  pollsASecond: number[];
  cpuOfPoll: number[];
}

/** Clock ticks of /proc in a second. */
const TICKS = 100;

/** CPU seconds of a process and of its children that have ended. */
function readCpu(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number);
  return [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0) / TICKS;
}

/** fetchmail in daemon mode over as many maildrops, keeping all: figures of each cycle after the first, which fetches. */
export async function runFetchmail(
  dir: string,
  from: { accounts: number; port: number; authority: string; rounds: number },
): Promise<PeerFigures> {
  mkdirSync(dir, { recursive: true });
  const config = join(dir, 'fetchmailrc');
  const polls = Array.from(
    { length: from.accounts },
    (_, n) =>
      `poll host${n} via localhost protocol pop3 port ${from.port} uidl\n` +
      `  user u${n} password secret keep ssl sslcertck sslcertfile "${from.authority}" mda "/bin/cat >/dev/null"\n`,
  );
  writeFileSync(config, `set no bouncemail\nset no syslog\n${polls.join('')}`);
  chmodSync(config, 0o600);
  const child = spawn(
    'fetchmail',
    ['-f', config, '--nodetach', '-d', '3', '--pidfile', join(dir, 'pid'), '-i', join(dir, 'ids')],
    {
      env: { ...process.env, HOME: dir, FETCHMAILHOME: dir, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const figures: PeerFigures = { pollsASecond: [], cpuOfPoll: [] };
  let begun = { at: 0, cpu: 0 };
  const last: string[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`fetchmail ended with ${code}:\n${last.join('\n')}`)));
      const read = (line: string): void => {
        last.push(line);
        if (last.length > 20) last.shift();
        // It says a line for each maildrop, of what was seen before too: from the first to the last is a cycle less one poll.
        const at = / for u(\d+) at host/.exec(line)?.[1];
        if (at === '0') begun = { at: performance.now(), cpu: readCpu(child.pid ?? 0) };
        if (Number(at) !== from.accounts - 1 || !line.includes('seen')) return;
        const seconds = (performance.now() - begun.at) / 1000;
        const polls = from.accounts - 1;
        figures.pollsASecond.push(polls / seconds);
        figures.cpuOfPoll.push(((readCpu(child.pid ?? 0) - begun.cpu) * 1000) / polls);
        if (figures.pollsASecond.length === from.rounds) resolve();
      };
      createInterface({ input: child.stdout }).on('line', read);
      createInterface({ input: child.stderr }).on('line', read);
    });
  } finally {
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
  }
  return figures;
}
