import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MailError } from '../../../common/errors.ts';
import { readScope, scopeOf, type PauseTarget } from '../../../smtp-relay/queue/control/pause/pause-rule.ts';
import { formatRecipientId, readRecipientId } from '../../../smtp-relay/queue/control/recipient-id.ts';
import { destinationOf } from '../../../smtp-relay/route/destination.ts';

const own = { account: null, operatorSmarthost: false };

describe('what a pause is about', () => {
  const scopes: [PauseTarget, boolean, string][] = [
    [{ all: true }, false, 'all'],
    [{ all: true }, true, 'all'],
    [{ account: 'acc_1' }, false, destinationOf('b@x.test', { ...own, account: 'acc_1' })],
    [{ account: 'acc_1' }, true, 'account:acc_1'],
    [{ destination: 'X.Test' }, false, destinationOf('b@x.test', own)],
    [{ destination: '@bücher.example.' }, false, destinationOf('b@xn--bcher-kva.example', own)],
    [{ destination: '[192.0.2.1]' }, false, destinationOf('b@[192.0.2.1]', own)],
    [{ destination: 'relay' }, true, destinationOf('b@x.test', { ...own, operatorSmarthost: true })],
  ];
  for (const [target, operatorSmarthost, scope] of scopes) {
    test(`${JSON.stringify(target)} stops what waits for ${scope}`, () => {
      assert.equal(scopeOf(target, operatorSmarthost), scope);
    });
  }

  const refused: [PauseTarget, boolean, string][] = [
    [{}, false, 'pause-target'],
    [{ all: true, account: 'acc_1' }, false, 'pause-target'],
    [{ destination: 'x.test', account: 'acc_1' }, false, 'pause-target'],
    [{ destination: 'not a domain' }, false, 'pause-target'],
    [{ destination: '@' }, false, 'pause-target'],
    [{ account: 'a b' }, false, 'pause-target'],
    [{ destination: 'x.test' }, true, 'pause-one-way'],
  ];
  for (const [target, operatorSmarthost, reason] of refused) {
    test(`${JSON.stringify(target)} is refused${operatorSmarthost ? ' with a smarthost for all' : ''}`, () => {
      assert.throws(
        () => scopeOf(target, operatorSmarthost),
        (error: MailError) => error.code === 'invalid' && error.reason === reason,
      );
    });
  }

  test('reads back as people name it', () => {
    assert.deepEqual(readScope('all'), { scope: 'all', destination: null, account: null });
    assert.deepEqual(readScope('mx:x.test'), { scope: 'destination', destination: 'x.test', account: null });
    assert.deepEqual(readScope('relay'), { scope: 'destination', destination: 'relay', account: null });
    assert.deepEqual(readScope('account:acc_1'), { scope: 'account', destination: null, account: 'acc_1' });
  });
});

describe('ids of recipients', () => {
  test('are the mail’s with a number, and nothing else is taken', () => {
    const id = formatRecipientId('queue_0a1b', 12);
    assert.deepEqual(readRecipientId(id), { mail: 'queue_0a1b', number: 12 });
    assert.deepEqual(readRecipientId('queue_0a1b'), { mail: 'queue_0a1b', number: null });
    for (const wrong of [
      '',
      '-1',
      'queue_0a1b-',
      'queue_0a1b-1-2',
      'queue_0a1b-x',
      'a b',
      'queue_0-1234567',
    ]) {
      assert.throws(
        () => readRecipientId(wrong),
        (error: MailError) => error.code === 'invalid',
      );
    }
  });
});
