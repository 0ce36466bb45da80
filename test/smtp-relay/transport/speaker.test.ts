import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NextHop } from '../../../smtp-relay/route/next-hop.ts';
import { startFakeSmtp } from '../../fakes/smtp-server.ts';
import { startTransport } from '../../harness/transport.ts';

/** A demand to sign in: who can mend it decides whether the mail waits. */
const HOPS: readonly [string, Partial<NextHop>, string][] = [
  ['a recipient’s own host', {}, 'permanent recipient-refused/restricted'],
  ['an account’s smarthost', { kind: 'smarthost', tls: 'none' }, 'temporary needs-sign-in'],
  ['the operator’s smarthost', { guarded: false }, 'temporary needs-sign-in'],
];

for (const [name, hop, wanted] of HOPS) {
  test(`${name} that wants a sign-in: ${wanted}`, async (t) => {
    const transport = await startTransport({ dns: null, stsPort: 443 });
    t.after(async () => await transport.stop());
    const fake = await startFakeSmtp({ login: { user: 'somebody', password: 'else' } });
    t.after(async () => await fake.close());
    const { state, reason } = await transport.send({ port: fake.port, ...hop });
    assert.equal(`${state} ${reason}`, wanted);
  });
}
