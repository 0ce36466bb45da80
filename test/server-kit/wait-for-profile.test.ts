import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailError } from '../../common/errors.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { waitForProfile } from '../../server-kit/wait-for-profile.ts';
import { findFreePort } from '../harness/ports.ts';

test('a profile-server that never answers is named, with what the network said', async () => {
  const url = `http://127.0.0.1:${await findFreePort()}`;
  const awaited = { url, patience: 300, log: silentLogger };
  await assert.rejects(
    waitForProfile(awaited, async () => await fetch(url)),
    (error) => {
      assert.ok(error instanceof MailError);
      assert.deepEqual(
        [error.code, error.reason, error.params['address']],
        ['unavailable', 'no-profile-server', url],
      );
      assert.match(String(error.params['cause']), /ECONNREFUSED/);
      return true;
    },
  );
});

test('what it refuses is told at once', async () => {
  let calls = 0;
  const refused = new MailError('invalid', 'no such code', { reason: 'enrol' });
  const awaited = { url: 'http://127.0.0.1:1', patience: 60_000, log: silentLogger };
  await assert.rejects(
    waitForProfile(awaited, async () => {
      calls += 1;
      throw refused;
    }),
    refused,
  );
  assert.equal(calls, 1);
});

test('who is stopped waits no longer', async () => {
  const stopping = new AbortController();
  const awaited = { url: 'http://127.0.0.1:1', log: silentLogger, stopping: stopping.signal };
  const silent = new MailError('unavailable', 'nobody there');
  const waiting = waitForProfile(awaited, async () => await Promise.reject(silent));
  stopping.abort();
  await assert.rejects(waiting, (error) => (error as Error).cause === stopping.signal.reason);
});
