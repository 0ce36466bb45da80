import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Ready } from '../../launch/ready.ts';
import { makeEnv, startServer, type ServerProcess } from './server-process.ts';
import { runValija, type Credentials } from './system.ts';
import { makeTempDir } from './tempdir.ts';

type PartName = 'smtp-relay' | 'storage-server';

/** Several servers of a kind, each by `valija serve` on a data directory of its own, as on machines of their own. */
export interface Farm {
  /** For the command line: the profile-server's address stands in it. */
  ready: Ready;
  dataDir: string;
  admin: Credentials;
  processes: Map<string, ServerProcess>;
  /** Starts `name`, the first time with an enrolment code; settings are kept for the next time. */
  serve(part: PartName, name: string, settings?: Record<string, string>): Promise<ServerProcess>;
  /** SIGKILL. */
  kill(name: string): Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

const ADMIN: Credentials = { user: 'admin', password: 'the first administrator 1' };

/** Starts the profile-server and registers its administrator. `settings` are those of every part. */
export async function startFarm(settings: Record<string, string>): Promise<Farm> {
  const directory = makeTempDir('farm');
  const processes = new Map<string, ServerProcess>();
  const enrolled = new Map<string, Record<string, string>>();

  const start = async (name: string, args: string[], own: Record<string, string>): Promise<ServerProcess> => {
    const place = ['--data', join(directory.path, name), '--port-base', '0'];
    const running = await startServer(['serve', ...args, ...place], makeEnv({ ...settings, ...own }));
    processes.set(name, running);
    return running;
  };
  const stop = async (): Promise<void> => {
    for (const running of [...processes.values()].toReversed()) {
      assert.equal(await running.stop(), 0, running.log());
    }
    directory.remove();
  };
  try {
    const { ready } = await start('profile', ['profile-server'], {});
    const system = { ready, dataDir: join(directory.path, 'profile') };
    const registered = await runValija(system, ['register', '--setup-code', ready.setupCode ?? ''], ADMIN);
    assert.equal(registered.code, 0, registered.stderr);
    return {
      ...system,
      admin: ADMIN,
      processes,
      serve: async (part, name, own = enrolled.get(name) ?? {}) => {
        const known = enrolled.has(name);
        enrolled.set(name, own);
        const enrol = known ? [] : ['--enrol', await makeCode(system, part)];
        return await start(name, [part, '--public-url', ready.profile ?? '', ...enrol], own);
      },
      kill: async (name) => {
        await processes.get(name)?.kill();
        processes.delete(name);
      },
      log: () => [...processes].map(([name, running]) => `-- ${name}\n${running.log()}`).join('\n'),
      stop,
    };
  } catch (error) {
    for (const running of processes.values()) await running.kill();
    directory.remove();
    throw error;
  }
}

async function makeCode(system: { ready: Ready; dataDir: string }, kind: PartName): Promise<string> {
  const added = await runValija(system, ['part', 'add', '--kind', kind], ADMIN);
  assert.equal(added.code, 0, added.stderr);
  return (added.json as { code: string }).code;
}
