import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { registerWithAccount } from '../harness/add-account.ts';
import { runValija, startSystem } from '../harness/system.ts';

const ANA = { user: 'ana', password: 'a traveller since 2026' };

test('removing an account ends the session that polls it, though its server says nothing', async (t) => {
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
  });
  const { port } = silent.address() as AddressInfo;
  const connected = once(silent, 'connection');
  const maildrop = { port, name: 'ana', password: 'maildrop' };
  const { id } = await registerWithAccount(system, ANA, maildrop, ['--no-test']);
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
