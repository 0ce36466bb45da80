import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { encodePlain } from '../../test/fakes/smtp-client.ts';
import { findFreePort } from '../../test/harness/ports.ts';
import { makeSelfSigned } from '../../test/harness/certificate.ts';
import { startRelayWorld } from '../../test/harness/relay.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import type { Peer } from './peer.ts';
import type { ChildOptions } from './relay-child.ts';

/** `bare`: whoever connects is admitted; `auth`: TLS, and a storage-server signs in; `dkim`: bare, signed with RSA of 2048 bits. */
export type Mode = 'bare' | 'auth' | 'dkim';

const SENDER = 'bench@bench.test';

/**
 * Our relay in a process of its own, all of it: it asks a profile-server in this process whether the sender may. With
 * VALIJA_BENCH_PROFILE=DIR it writes a CPU profile there at its end, with VALIJA_BENCH_LOG=FILE its log.
 */
export async function startOurs(mode: Mode, sinkPort: number): Promise<Peer> {
  const directory = makeTempDir('bench-relay');
  const world = await startRelayWorld({
    RELAY_SMARTHOST: `smtp://127.0.0.1:${sinkPort}`,
    SEND_LIMIT: '900000000/hour',
    // Nobody answers there, at once.
    DNS: `127.0.0.1:${await findFreePort()}`,
  });
  await world.addAccount(SENDER);
  const given = await world.relayOptions();
  const { certFile, keyFile } = makeSelfSigned(directory.path, ['localhost', '127.0.0.1']);
  const tls = mode === 'auth' ? { certFile, keyFile } : null;
  const relayUrl = given.settings.relayUrl.replace('http:', tls === null ? 'http:' : 'https:');
  const admitted = mode === 'auth' ? null : { user: world.user, part: world.homeId, appPassword: null };
  const options: ChildOptions = { ...given, settings: { ...given.settings, tls, relayUrl }, admitted };
  if (mode === 'dkim') makeDkimKey(given.dataDir);
  const profileDir = process.env['VALIJA_BENCH_PROFILE'];
  const profiling = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  const script = join(import.meta.dirname, 'relay-child.ts');
  const child = spawn(process.execPath, [...profiling, script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error('our relay ended')));
  });
  const { port, partId } = JSON.parse(ready) as { port: number; partId: string };
  const signIn = async (): Promise<string> =>
    encodePlain(world.user, world.homeId, await world.homeKey.signServiceToken(partId));
  return {
    name: mode === 'bare' ? 'valija' : `valija ${mode}`,
    port,
    pid: child.pid ?? 0,
    ...(mode === 'auth' ? { signIn } : {}),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await world.stop();
      directory.remove();
    },
  };
}

/** For the domain that the load sends from. */
function makeDkimKey(dataDir: string): void {
  const folder = join(dataDir, 'dkim');
  mkdirSync(folder, { recursive: true });
  const bits = 'rsa_keygen_bits:2048';
  const file = join(folder, 'bench.test.one.pem');
  execFileSync('openssl', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', bits, '-out', file], {
    stdio: 'ignore',
  });
}
