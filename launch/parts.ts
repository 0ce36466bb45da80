import { randomBytes } from 'node:crypto';
import type { Clock } from '../common/time.ts';
import type { Logger } from '../server-kit/log.ts';
import type { Settings } from '../server-kit/settings.ts';
import type { DataDir } from './data-dir.ts';
import type { PartName } from './options.ts';

/** A part that listens. */
export interface RunningPart {
  name: PartName;
  stop(): Promise<void>;
}

/** Made by the profile-server: what the first administrator types, and codes for parts that enrol. */
export interface RunningProfile extends RunningPart {
  setupCode: () => string | null;
  makeEnrolCode(kind: 'storage-server' | 'smtp-relay'): Promise<string>;
}

/** Where programs hand in mail. */
export interface RunningRelay extends RunningPart {
  submission: { host: string; port: number };
}

interface PartStart {
  settings: Settings;
  dir: DataDir;
  log: Logger;
  enrolCode: string | null;
  stopping: AbortSignal;
}

export const clock: Clock = { now: () => Date.now() };
const random = (size: number): Uint8Array => randomBytes(size);

// Each server is loaded only where it runs: `serve smtp-relay` needs neither the POP3 client nor the web client's files.

export async function startProfile(part: PartStart, webRoot: string | null): Promise<RunningProfile> {
  const { startProfileServer } = await import('../profile-server/server.ts');
  const { settings, dir, log } = part;
  const port = settings.ports.profile;
  const server = await startProfileServer({ settings, dataDir: dir.path, port, clock, random, log, webRoot });
  return {
    name: 'profile-server',
    setupCode: () => server.setupCode(),
    makeEnrolCode: async (kind) => await server.makeEnrolCode(kind),
    stop: async () => await server.stop(),
  };
}

export async function startStorage(part: PartStart): Promise<RunningPart> {
  const { startStorageServer } = await import('../storage-server/server.ts');
  const server = await startStorageServer({ ...sharedOptions(part), port: part.settings.ports.storage });
  return { name: 'storage-server', stop: async () => await server.stop() };
}

export async function startRelay(part: PartStart): Promise<RunningRelay> {
  const { startSmtpRelay } = await import('../smtp-relay/server.ts');
  const server = await startSmtpRelay({ ...sharedOptions(part), port: part.settings.ports.relay });
  const { host, port } = server.submission;
  return { name: 'smtp-relay', submission: { host, port }, stop: async () => await server.stop() };
}

function sharedOptions({ settings, dir, log, enrolCode, stopping }: PartStart) {
  const profileUrl = settings.publicUrl;
  return { settings, dataDir: dir.path, clock, random, log, profileUrl, enrolCode, stopping };
}
