import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TRPCError } from '@trpc/server';
import { MailError } from '../../common/errors.ts';
import type { Caller } from '../../server-kit/auth/caller.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { wireOf } from '../../server-kit/trpc.ts';
import type { RelayServices } from '../../smtp-relay/context.ts';
import { router } from '../../smtp-relay/router.ts';
import { trpc } from '../../smtp-relay/trpc.ts';

const address = '192.0.2.1';
const user = {
  kind: 'user',
  user: 'user_a',
  session: 'ses_a',
  lab: false,
  labSaves: [],
  address,
  expiresAt: Infinity,
} as const;
const CALLERS = {
  nobody: { kind: 'anonymous', address },
  user: { ...user, admin: false },
  admin: { ...user, admin: true },
  storage: { kind: 'part', part: 'storage_a', partKind: 'storage-server', address },
  relay: { kind: 'part', part: 'relay_a', partKind: 'smtp-relay', address },
} as const satisfies Record<string, Caller>;
type Who = keyof typeof CALLERS;

const users: Who[] = ['user', 'admin'];
const admins: Who[] = ['admin'];
const storage: Who[] = ['storage'];
const usersAndStorage: Who[] = ['user', 'admin', 'storage'];

/** Every procedure of the relay and who gets past its door; what they then may see, other tests tell. */
const WHO_MAY: Record<string, readonly Who[]> = {
  'control.pause': admins,
  'control.resume': admins,
  'control.status': admins,
  'limit.list': admins,
  'limit.set': admins,
  'queue.cancel': users,
  'queue.hold': users,
  'queue.list': users,
  'queue.release': users,
  'queue.retry': users,
  'queue.show': users,
  'result.claim': storage,
  'route.check': storage,
  'route.domains': admins,
  'route.explain': usersAndStorage,
  'route.test': storage,
  'suppression.list': usersAndStorage,
  'suppression.remove': usersAndStorage,
};

/** Whatever is asked of it was reached. */
const reached = (): unknown =>
  new Proxy(() => undefined, {
    get: () => reached(),
    apply: () => {
      throw new MailError('not-yet', 'reached');
    },
  });

const call = trpc.createCaller(router);

async function knock(path: string, caller: Caller): Promise<string> {
  const calls = call({ caller, log: silentLogger, relay: reached() as RelayServices });
  const [group = '', name = ''] = path.split('.');
  const found = calls as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  try {
    await found[group]?.[name]?.({});
    return 'answered';
  } catch (error) {
    assert.ok(error instanceof TRPCError || error instanceof MailError, String(error));
    return wireOf(error).code;
  }
}

describe('who may call the relay', () => {
  const procedures = Object.keys(router._def.procedures);

  test('every procedure is in the table, and nothing else', () => {
    assert.deepEqual(procedures.toSorted(), Object.keys(WHO_MAY).toSorted());
  });

  for (const path of procedures) {
    test(path, async () => {
      for (const [who, caller] of Object.entries(CALLERS) as [Who, Caller][]) {
        const said = await knock(path, caller);
        if (WHO_MAY[path]?.includes(who) === true) {
          assert.ok(!['forbidden', 'not-signed-in'].includes(said), `${who}: ${said}`);
        } else {
          assert.equal(said, who === 'nobody' ? 'not-signed-in' : 'forbidden', who);
        }
      }
    });
  }
});
