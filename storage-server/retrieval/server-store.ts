import { foldHost } from '../../common/host.ts';
import type { Pop3Settings } from '../../common/shapes/account.ts';
import { DAY, type Millis } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { parseCapabilities, type Capabilities } from '../pop3/capabilities.ts';
import { LOCKSTEPS, type KnownServer, type Lockstep } from '../pop3/known-server.ts';

/** TLS mode too: what was heard in the clear says nothing of what counts behind TLS. */
export type ServerAddress = Pick<Pop3Settings, 'host' | 'port' | 'tls'>;

/** CAPA is asked again after this. */
const LONGEST = DAY;

function nameServer({ host, port, tls }: ServerAddress): string {
  return `${foldHost(host)} ${port} ${tls}`;
}

interface Row {
  capabilities: string | null;
  asked_at: Millis;
  lockstep_until: Millis;
  /** Null: `all`. */
  lockstep_level: string | null;
}

export async function readServer(reader: Reader, server: ServerAddress, now: Millis): Promise<KnownServer> {
  const row = await reader.get<Row>(
    'SELECT capabilities, asked_at, lockstep_until, lockstep_level FROM pop3_server WHERE server = ?',
    [nameServer(server)],
  );
  if (row === undefined) return { capabilities: null, lockstep: 'no' };
  // A clock that was put back makes nothing younger than it is.
  const fresh = row.capabilities !== null && row.asked_at <= now && now < row.asked_at + LONGEST;
  const kept = now < row.lockstep_until && row.lockstep_until < now + 30 * DAY;
  const level = LOCKSTEPS.find((one) => one === row.lockstep_level) ?? 'all';
  return {
    capabilities: fresh ? readCapabilities(row.capabilities!) : null,
    lockstep: kept ? level : 'no',
  };
}

/** The lines are kept, not what this version reads in them. */
function readCapabilities(text: string): Capabilities {
  const { answered, lines } = JSON.parse(text) as { answered: boolean; lines: string[] };
  return { ...parseCapabilities(lines.join('\r\n')), answered };
}

/** Null: to be asked at the next session. */
export async function saveCapabilities(
  tx: Writer,
  server: ServerAddress,
  capabilities: Capabilities | null,
  now: Millis,
): Promise<void> {
  const text =
    capabilities === null
      ? null
      : JSON.stringify({ answered: capabilities.answered, lines: capabilities.lines });
  await tx.run(
    `INSERT INTO pop3_server (server, capabilities, asked_at, lockstep_until) VALUES (?, ?, ?, 0) ${over(tx, 'capabilities', 'asked_at')}`,
    [nameServer(server), text, now],
  );
}

export async function saveLockstep(
  tx: Writer,
  server: ServerAddress,
  level: Lockstep,
  until: Millis,
): Promise<void> {
  await tx.run(
    `INSERT INTO pop3_server (server, capabilities, asked_at, lockstep_until, lockstep_level) VALUES (?, NULL, 0, ?, ?) ${over(tx, 'lockstep_until', 'lockstep_level')}`,
    [nameServer(server), until, level],
  );
}

function over(tx: Writer, ...columns: string[]): string {
  return tx.engine === 'sqlite'
    ? `ON CONFLICT (server) DO UPDATE SET ${columns.map((one) => `${one} = excluded.${one}`).join(', ')}`
    : `ON DUPLICATE KEY UPDATE ${columns.map((one) => `${one} = VALUES(${one})`).join(', ')}`;
}
