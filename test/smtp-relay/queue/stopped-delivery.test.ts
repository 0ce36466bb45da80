import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { silentLogger } from '../../../server-kit/log.ts';
import type { Settlement } from '../../../smtp-relay/queue/commit/change.ts';
import { deliver, type DeliverContext } from '../../../smtp-relay/queue/deliver/deliver.ts';
import type { Delivery } from '../../../smtp-relay/queue/queued-mail.ts';
import { hopOfMx, hopOfSmarthost, type NextHop } from '../../../smtp-relay/route/next-hop.ts';
import { startFakeSmtp, type FakeSmtp } from '../../fakes/smtp-server.ts';
import { LITTLE_MAIL, startTransport, type TestTransport } from '../../harness/transport.ts';
import { makeMail } from '../../harness/queued-mails.ts';

describe('stopping reaches a delivery', () => {
  let transport: TestTransport;
  let host: FakeSmtp;
  let stopping: AbortController;
  /** What other programs may never answer; while they do not, we stop. */
  const wait = async (): Promise<never> => {
    setTimeout(() => stopping.abort(), 50);
    return await new Promise<never>(() => undefined);
  };
  before(async () => {
    transport = await startTransport({ dns: null, stsPort: 443 });
    host = await startFakeSmtp({ login: { user: 'me', password: 'token' } });
  });
  after(async () => {
    await transport?.stop();
    await host?.close();
  });

  const makeDelivery = (to: string[], account: string | null): Delivery => {
    const { recipients, ...mail } = makeMail({ account }, to);
    return {
      mail: { ...mail, size: LITTLE_MAIL.length },
      destination: 'any',
      recipients: recipients.map((recipient, number) => ({ ...recipient, number, attempts: 0 })),
      lease: 'lease_1',
      body: LITTLE_MAIL,
    };
  };
  /** Delivers until it is stopped; what was written down, or that it was stopped. */
  const deliverUntilStopped = async (
    delivery: Delivery,
    change: Partial<DeliverContext['routes']>,
    options: Partial<TestTransport['options']> = {},
  ): Promise<string[]> => {
    const settled: Settlement[] = [];
    stopping = new AbortController();
    const context = {
      clock: { now: () => delivery.mail.queuedAt },
      randomFraction: () => 0,
      routes: { hasOneOwnHost: false, ...change },
      transport: { ...transport.options, ...options },
      suppressions: { listSuppressed: async () => new Map(), note: async () => undefined },
      changed: { note: () => undefined },
      settle: async (settlement: Settlement) => void settled.push(settlement),
      log: silentLogger,
      name: 'relay.test',
    } as unknown as DeliverContext;
    const delivering = deliver(context, delivery, stopping.signal).then(
      () => settled.flatMap(({ outcomes }) => outcomes.map(({ number, state }) => `${number} ${state}`)),
      (error: unknown) => [
        error instanceof Error && 'stopped' in error ? `stopped ${String(error.stopped)}` : 'failed',
      ],
    );
    const limit = Promise.withResolvers<string[]>();
    const timer = setTimeout(() => limit.resolve(['not ended']), 3000);
    const ended = await Promise.race([delivering, limit.promise]);
    clearTimeout(timer);
    return ended;
  };
  const toHost = (): NextHop => ({ ...hopOfMx(['127.0.0.1'], host.port), tls: 'none' });

  test('that waits for MX records', async () => {
    const never = { findOwnWay: async () => await wait() };
    assert.deepEqual(await deliverUntilStopped(makeDelivery(['b@x.test'], null), never), ['stopped true']);
  });

  test('that waits for a policy', async () => {
    const policies = { find: async () => await wait() };
    const routes = { findOwnWay: async () => toHost() };
    const ended = await deliverUntilStopped(makeDelivery(['b@x.test'], null), routes, { policies });
    assert.deepEqual(ended, ['stopped true']);
  });

  test('that waits for a credential', async () => {
    const never = { findSmarthost: async () => await wait() };
    assert.deepEqual(await deliverUntilStopped(makeDelivery(['b@x.test'], 'acc_1'), never), ['stopped true']);
  });

  test('whose refused token is being reported: what the host said is kept', async () => {
    const smtp = { host: '127.0.0.1', port: host.port, tls: 'none', user: 'me', auth: 'xoauth2' } as const;
    const routes = {
      findSmarthost: async () => hopOfSmarthost(smtp, 'old token'),
      reportRefused: async () => await wait(),
    };
    assert.deepEqual(await deliverUntilStopped(makeDelivery(['b@x.test'], 'acc_1'), routes), ['0 deferred']);
  });

  test('that has served one domain and waits for the next: what has left is written down', async (t) => {
    const open = await startFakeSmtp();
    t.after(async () => await open.close());
    const routes = {
      findOwnWay: async (domain: string) =>
        domain === 'x.test' ? { ...toHost(), port: open.port } : await wait(),
    };
    const ended = await deliverUntilStopped(makeDelivery(['b@x.test', 'c@y.test'], null), routes);
    assert.deepEqual(ended, ['0 accepted']);
    assert.equal(open.mails.length, 1);
  });
});
