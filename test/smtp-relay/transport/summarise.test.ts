import assert from 'node:assert/strict';
import test from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { classifyError, classifyReply } from '../../../smtp-relay/reply/classify.ts';
import { hopOfMx, hopOfOperator, hopOfSmarthost, type NextHop } from '../../../smtp-relay/route/next-hop.ts';
import { toResult } from '../../../smtp-relay/transport/shipment.ts';
import { chooseTelling, summarise } from '../../../smtp-relay/transport/summarise.ts';

const smarthost = { host: 'out.test', port: 465, tls: 'implicit', user: null, auth: 'none' } as const;
const HOPS: [string, NextHop, string][] = [
  ['a recipient’s host', hopOfMx(['mx.y.test'], 25), 'connect-refused/mx'],
  ['an account’s smarthost', hopOfSmarthost(smarthost, null), 'connect-refused'],
  ['the operator’s smarthost', hopOfOperator({ host: 'out.test', port: 25 }), 'connect-refused'],
];

for (const [name, hop, reason] of HOPS) {
  test(`${name} that takes no connection: ${reason}, tried again`, () => {
    const refusal = classifyError(new MailError('connect-refused', 'nobody listens'));
    const said = summarise(hop, [{ host: hop.hosts[0]!, refusal }]).refusal;
    assert.deepEqual([said.reason, said.outcome], [reason, 'temporary']);
  });
}

test('what we say ourselves of a later host ends no mail that the first was only too busy for', () => {
  const busy = classifyReply('451 4.3.2 later', 'sender', 'mx');
  const ownWord = { ...busy, outcome: 'permanent', reason: 'too-large', code: null } as const;
  const [first, later] = [toResult(busy, 'mx1.y.test', null), toResult(ownWord, 'mx2.y.test', null)];
  assert.equal(chooseTelling(first, later), first);
  const refused = toResult(classifyReply('550 5.1.1 no', 'recipient', 'mx'), 'mx2.y.test', null);
  assert.equal(chooseTelling(first, refused), refused);
  assert.equal(chooseTelling(undefined, later), later);
});
