import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SendStatus } from '../../common/shapes/status.ts';
import type { Suppression } from '../../common/shapes/suppression.ts';
import { startFakeSmtp, type FakeSmtp } from '../fakes/smtp-server.ts';
import { registerWithAccount } from '../harness/add-account.ts';
import { runValija, startSystem, type CommandResult, type System } from '../harness/system.ts';

const ANA = { user: 'ana', password: 'a long password of ana 1' };

let next: FakeSmtp;
let system: System;
let known = false;

before(async () => {
  next = await startFakeSmtp({
    script: (connection, verb) =>
      verb === 'RCPT' && !known && (connection.say('550 5.1.1 <gone@far.test>: user unknown'), true),
  });
  system = await startSystem({
    mode: 'start',
    env: { VALIJA_RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}` },
  });
  await registerWithAccount(system, ANA, { port: 9, name: 'ana', password: 'secret' }, [
    '--no-test',
    '--send',
    'relay',
  ]);
});
after(async () => {
  await system?.stop();
  await next?.close();
});

async function valija(...words: string[]): Promise<CommandResult> {
  const result = await runValija(system, words, { ...ANA, input: 'hello\n' });
  assert.equal(result.code, 0, result.stderr);
  return result;
}

/** Sends to that address and waits until it is decided there. */
async function send(): Promise<SendStatus['recipients'][number] | undefined> {
  const sent = (await valija('send', '--from', 'ana@uni.test', '--to', 'gone@far.test', '--subject', 'x'))
    .json as SendStatus;
  for (;;) {
    const status = (await valija('status', sent.id)).json as SendStatus;
    if (status.state !== 'queued') return status.recipients[0];
  }
}

test('what failed for good is held back, listed, and let go again from the command line', async () => {
  const first = await send();
  assert.deepEqual([first?.state, first?.reason], ['failed', 'recipient-refused/unknown-user']);
  known = true;
  const second = await send();
  assert.deepEqual(
    [second?.state, second?.reason, second?.serverLine],
    ['failed', 'recipient-refused/suppressed', '550 5.1.1 <gone@far.test>: user unknown'],
  );
  const listed = (await valija('suppression', 'list')).json as { suppressions: Suppression[] };
  assert.deepEqual(
    listed.suppressions.map(({ address, reason, times }) => [address, reason, times]),
    [['gone@far.test', 'recipient-refused/unknown-user', 1]],
  );
  assert.deepEqual((await valija('suppression', 'remove', 'gone@far.test')).json, { removed: 1 });
  assert.deepEqual((await valija('suppression', 'list')).json, { suppressions: [] });
  assert.equal((await send())?.state, 'accepted');
});
