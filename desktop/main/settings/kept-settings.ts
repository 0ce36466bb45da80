import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseServer } from '../server/server-address.ts';
import { writeSafely } from '../write-safely.ts';

const FILE = 'settings.json';

/** What the shell remembers besides the token: nothing of mail or person. */
export interface KeptSettings {
  /** The server that the person typed. */
  server: string | null;
  /** The other servers that it named last, so that a start without network has them. */
  servers: string[];
  window: { width: number; height: number } | null;
  /** Closing the window leaves the program running, for news. */
  background: boolean;
  /** Languages that are checked as one writes; null: those of the system. */
  spelling: string[] | null;
}

const NOTHING: KeptSettings = { server: null, servers: [], window: null, background: false, spelling: null };

/** The settings of one folder, read once; in lab mode (`folder` null) they live in memory. */
export class KeptSettingsFile {
  readonly #folder: string | null;
  #now: KeptSettings;

  constructor(folder: string | null) {
    this.#folder = folder;
    this.#now = folder === null ? NOTHING : readSettings(join(folder, FILE));
  }

  get now(): KeptSettings {
    return this.#now;
  }

  /** Writes the change; a disk that refuses it costs only comfort at the next start. */
  change(change: Partial<KeptSettings>): void {
    this.#now = { ...this.#now, ...change };
    if (this.#folder === null) return;
    try {
      writeSafely(join(this.#folder, FILE), JSON.stringify(this.#now));
    } catch {
      return;
    }
  }
}

/** A damaged file is as good as none. */
function readSettings(path: string): KeptSettings {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<keyof KeptSettings, unknown>>;
    const servers = Array.isArray(found.servers) ? found.servers : [];
    return {
      server: readServer(found.server),
      servers: servers.map(readServer).filter((server) => server !== null),
      window: readSize(found.window),
      background: found.background === true,
      spelling: readLanguages(found.spelling),
    };
  } catch {
    return NOTHING;
  }
}

function readServer(value: unknown): string | null {
  return typeof value === 'string' ? parseServer(value) : null;
}

function readLanguages(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  return value.filter((one): one is string => typeof one === 'string' && /^[\w-]{2,20}$/.test(one));
}

function readSize(value: unknown): KeptSettings['window'] {
  const { width, height } = (value ?? {}) as { width?: unknown; height?: unknown };
  const fits = (size: unknown): size is number =>
    Number.isInteger(size) && Number(size) >= 320 && Number(size) <= 10_000;
  return fits(width) && fits(height) ? { width, height } : null;
}
