import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { before, after, describe, test } from 'node:test';
import { makeEgressGuard, type EgressGuard } from '../../server-kit/egress/guard.ts';
import { missingComponent } from '../harness/component.ts';
import { findFreePort } from '../harness/ports.ts';
import { startUnbound, type Unbound } from '../harness/unbound.ts';

/** Addresses that swallow every packet, as a firewall does. */
const HOLES = Array.from({ length: 12 }, (_, index) => `127.0.9.${index + 1}`);

describe('a host behind addresses that swallow everything', { skip: missingComponent('unbound') }, () => {
  let port: number;
  let deaf: ReturnType<typeof spawn>;
  let dns: Unbound;
  let guard: EgressGuard;

  before(async () => {
    port = await findFreePort();
    const listener = join(import.meta.dirname, '..', 'fakes', 'deaf-listener.ts');
    deaf = spawn(process.execPath, [listener, String(port), ...HOLES], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    assert(deaf.stdout !== null);
    await once(deaf.stdout, 'data');
    dns = await startUnbound([
      ...HOLES.map((address) => `holes.test. A ${address}`),
      `one.test. A ${HOLES[0]}`,
      'one.test. AAAA ::1',
    ]);
    const server = { host: dns.host, port: dns.port };
    guard = makeEgressGuard({ allowNetworks: ['127.0.0.0/8', '::1/128'], dns: server });
  });
  after(async () => {
    deaf?.kill('SIGKILL');
    await dns?.stop();
  });

  test('is given up when the time is over, however many they are', async () => {
    const begun = performance.now();
    await assert.rejects(guard.connect('holes.test', port, 'mail', { timeoutMs: 1000 }), { code: 'timeout' });
    const took = performance.now() - begun;
    assert.ok(took > 900 && took < 2500, `${took} ms`);
  });

  test('is reached by the address that answers, within the same time', async (t) => {
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(port, '::1', resolve));
    t.after(() => server.close());
    const socket = await guard.connect('one.test', port, 'mail', { timeoutMs: 1000 });
    assert.equal(socket.remoteFamily, 'IPv6');
    socket.destroy();
  });

  test('is left at once when we stop, in the middle of a lookup too', async (t) => {
    const silent = createSocket('udp4');
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
    t.after(() => silent.close());
    const unheard = { host: '127.0.0.1', port: silent.address().port };
    for (const one of [guard, makeEgressGuard({ allowNetworks: [], dns: unheard })]) {
      const begun = performance.now();
      const options = { timeoutMs: 20_000, signal: AbortSignal.timeout(100) };
      await assert.rejects(one.connect('holes.test', port, 'mail', options), { code: 'dropped' });
      assert.ok(performance.now() - begun < 1000);
    }
  });
});
