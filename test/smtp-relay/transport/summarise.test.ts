import assert from 'node:assert/strict';
import test from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { classifyError } from '../../../smtp-relay/reply/classify.ts';
import { hopOfMx, hopOfOperator, hopOfSmarthost, type NextHop } from '../../../smtp-relay/route/next-hop.ts';
import { summarise } from '../../../smtp-relay/transport/summarise.ts';

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
