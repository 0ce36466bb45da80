import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startFakeSmtp } from '../fakes/smtp-server.ts';
import { startRelayProcess } from '../harness/relay-process.ts';
import { sendMail, startRelayWorld, takeResults } from '../harness/relay.ts';

const FROM = 'alice@own.test';

describe('stopping', () => {
  test('ends within 10 s though a host is silent; the mail goes at once after the next start', async (t) => {
    const silent = Promise.withResolvers<void>();
    let mute = true;
    const next = await startFakeSmtp({
      script: (_connection, verb) => {
        if (verb !== 'MAIL' || !mute) return false;
        silent.resolve();
        return true;
      },
    });
    const world = await startRelayWorld({ RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}` });
    const options = { ports: world.settings.ports, url: world.settings.relayUrl };
    let relay = await startRelayProcess(await world.relayOptions());
    t.after(async () => {
      await relay.kill();
      await world.stop();
      await next.close();
    });
    await world.addAccount(FROM);
    const address = {
      partId: relay.partId,
      url: options.url,
      submission: { port: options.ports.submission },
    };
    const dialog = await world.signIn(address);
    assert.match(await sendMail(dialog, { from: FROM, to: ['bob@x.test'], key: 'held' }), /^250/);
    await silent.promise;
    const farewell = dialog.read();
    assert.ok((await relay.stop()) < 10_000);
    assert.match(await farewell, /^421 4\.3\.2/, 'a waiting client is told');
    mute = false;
    relay = await startRelayProcess(await world.relayOptions());
    const [result] = await takeResults(world.asHome(address), (found) => found.length > 0);
    assert.ok(result?.kind === 'recipient');
    assert.deepEqual(
      [result.recipient.state, result.recipient.attempts],
      ['accepted', 1],
      'no try was counted',
    );
    assert.equal(next.mails.length, 1);
  });
});
