import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { missingComponent } from '../harness/component.ts';
import { findFreePort } from '../harness/ports.ts';
import { startRelaySending, statusesOf, type RelaySending } from '../harness/relay-sending.ts';
import { startSmtpSink } from '../harness/smtp-sink.ts';

let sending: RelaySending;

before(async () => {
  sending = await startRelaySending();
});
after(async () => await sending?.stop());

describe('a next host that fails', { skip: missingComponent('smtp-sink') }, () => {
  const soft = ['CONNECT', 'EHLO,HELO', 'MAIL', 'RCPT', 'DATA', '.'];
  const cases: [string, string, 'deferred' | 'failed', string][] = [
    ...soft.map((command) => ['-r', command, 'deferred', 'server-error'] as const),
    ...soft.map((command) => ['-Q', command, 'deferred', 'server-error'] as const),
    ...soft.map((command) => ['-q', command, 'deferred', 'dropped'] as const),
    ['-f', 'CONNECT', 'deferred', 'server-error'],
    ['-f', 'EHLO,HELO', 'deferred', 'server-error'],
    ['-f', 'MAIL', 'failed', 'server-error/fault'],
    ['-f', 'RCPT', 'failed', 'server-error/fault'],
    ['-f', 'DATA', 'failed', 'server-error/fault'],
    ['-f', '.', 'failed', 'server-error/fault'],
  ].map((entry) => entry as [string, string, 'deferred' | 'failed', string]);

  for (const [flag, command, state, reason] of cases) {
    test(`smtp-sink ${flag} ${command}: ${state}`, async (t) => {
      const sink = await startSmtpSink({ args: [flag, command] });
      t.after(async () => await sink.stop());
      const from = await sending.addSender(sink.port);
      const key = `sink${flag}-${command}`.replace(/\W/g, '_');
      const results = await sending.sendAndTake(
        { from, to: ['bob@x.test'], key },
        state === 'failed' ? 2 : 1,
      );
      const [status] = statusesOf(results);
      assert.deepEqual([status?.state, status?.attempts], [state, 1]);
      // A 421 may be lost when the host closes while our next commands are under way.
      const reasons: unknown[] = flag === '-Q' ? [reason, 'dropped'] : [reason];
      assert.ok(reasons.includes(status?.reason), String(status?.reason));
      assert.equal(status?.nextTry !== null, state === 'deferred');
      assert.equal(
        results.some((result) => result.kind === 'dsn'),
        state === 'failed',
      );
      if (status?.reason === 'dropped') assert.equal(status.serverLine, null);
      else assert.match(status?.serverLine ?? '', /^[45]\d\d /);
    });
  }

  test('nothing listens: deferred', async () => {
    const from = await sending.addSender(await findFreePort());
    const [status] = statusesOf(await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'refused' }, 1));
    assert.deepEqual([status?.state, status?.reason], ['deferred', 'connect-refused']);
  });
});
