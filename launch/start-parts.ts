import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPartKey } from '../server-kit/auth/part-key.ts';
import type { Logger } from '../server-kit/log.ts';
import type { Settings } from '../server-kit/settings.ts';
import { openPartDir, type DataDir } from './data-dir.ts';
import type { LaunchOptions, PartName } from './options.ts';
import {
  clock,
  startProfile,
  startRelay,
  startStorage,
  type RunningPart,
  type RunningProfile,
} from './parts.ts';

const CLIENT = join(dirname(dirname(fileURLToPath(import.meta.url))), 'desktop', '.dist');

export interface RunningSystem {
  /** Another one after five wrong tries; null once there is an administrator. */
  setupCode: () => string | null;
  submission: { host: string; port: number } | null;
  /** Stops what clients see last: the profile-server answers until the others are quiet. */
  stop(): Promise<void>;
}

/** Starts the wanted parts in the order in which they need each other. When one fails, or `stopping` is aborted, those before it are stopped again. */
export async function startParts(
  options: LaunchOptions,
  settings: Settings,
  dataDir: string,
  log: Logger,
  stopping: AbortSignal,
): Promise<RunningSystem> {
  const dirs: DataDir[] = [];
  const running: RunningPart[] = [];
  let profile: RunningProfile | null = null;
  let submission: RunningSystem['submission'] = null;
  const stop = async (): Promise<void> => {
    for (const part of running.toReversed()) {
      const began = performance.now();
      await part.stop().catch((error: unknown) => log.error('stop.failed', { part: part.name, error }));
      log.info('part.stopped', { part: part.name, ms: Math.round(performance.now() - began) });
    }
    for (const dir of dirs) dir.release();
  };
  try {
    // All locks first: a second start must not get as far as another one's database.
    for (const part of options.parts) dirs.push(openPartDir(dataDir, part));
    for (const [index, name] of options.parts.entries()) {
      const dir = dirs[index]!;
      const start = { settings, dir, log: log.child({ part: name }), enrolCode: options.enrolCode, stopping };
      if (name === 'profile-server') {
        profile = await startProfile(start, existsSync(join(CLIENT, 'index.html')) ? CLIENT : null);
        running.push(profile);
      } else {
        if (profile !== null) start.enrolCode = await makeCodeIfNew(profile, name, dir);
        if (name === 'storage-server') running.push(await startStorage(start));
        else {
          const relay = await startRelay(start);
          submission = relay.submission;
          running.push(relay);
        }
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { setupCode: () => profile?.setupCode() ?? null, submission, stop };
}

/** `start` enrols its parts by the same calls as an administrator's code does. */
async function makeCodeIfNew(
  profile: RunningProfile,
  kind: Exclude<PartName, 'profile-server'>,
  dir: DataDir,
): Promise<string | null> {
  const { partId } = await loadPartKey(dir.path, clock);
  return partId === null ? await profile.makeEnrolCode(kind) : null;
}
