import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { runValija, startSystem } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const ANA = { user: 'ana', password: 'a traveller since 2026' };

test('removing an account ends the session that polls it, though its server says nothing', async (t) => {
  const temp = makeTempDir('removed-account');
  const silent = createServer();
  const sessions: Socket[] = [];
  silent.on('connection', (socket) => {
    sessions.push(socket);
    socket.on('error', () => undefined);
    socket.resume();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const system = await startSystem({ mode: 'start' });
  t.after(async () => {
    await system.stop();
    for (const session of sessions) session.destroy();
    silent.close();
    temp.remove();
  });
  const { port } = silent.address() as AddressInfo;
  const secret = join(temp.path, 'secret');
  writeFileSync(secret, 'maildrop');
  await runValija(system, ['register'], ANA);
  const server = ['--pop3-host', '127.0.0.1', '--pop3-port', String(port), '--pop3-tls', 'none'];
  const login = ['--pop3-user', 'ana', '--pop3-password-file', secret, '--no-test'];
  const connected = once(silent, 'connection');
  const added = await runValija(
    system,
    ['account', 'add', '--email', 'ana@uni.test', ...server, ...login],
    ANA,
  );
  const { id } = added.json as { id: string };
  const checking = runValija(system, ['check'], ANA);
  await connected;
  const ended = once(sessions[0]!, 'close');
  assert.equal((await runValija(system, ['account', 'remove', id], ANA)).code, 0);
  await ended;
  const checked = await checking;
  assert.equal(checked.code, 1);
  const [only] = (checked.json as { accounts: { error: { code: string } }[] }).accounts;
  assert.equal(only?.error.code, 'unavailable', 'ended by the removal, not by the silence of the server');
  const list = await runValija(system, ['account', 'list'], ANA);
  assert.deepEqual(list.json, { accounts: [] });
});
