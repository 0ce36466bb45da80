import assert from 'node:assert/strict';
import test from 'node:test';
import { silentLogger } from '../../../server-kit/log.ts';
import { makeCollector } from '../../../storage-server/sending/relay/collect-recipients.ts';

const address = (name: string | null, at: string) => ({ name, address: at });

test('the profile-server hears of each recipient once, and of no crowd', async () => {
  const mails: Record<string, ReturnType<typeof address>[]> = {
    first: [address('Ben', 'ben@x.example'), address(null, 'cleo@x.example')],
    second: [address('Ben', 'BEN@x.example'), address(null, 'dora@x.example')],
    crowd: Array.from({ length: 31 }, (_, at) => address(null, `c${at}@x.example`)),
  };
  const told: unknown[] = [];
  let heard: () => void = () => undefined;
  let fails = true;
  const core = {
    mails: { show: async (_user: string, mail: string) => ({ to: mails[mail] ?? [], cc: [], bcc: [] }) },
    profile: {
      contact: {
        collect: {
          mutate: async ({ people }: { people: { address: string }[] }) => {
            heard();
            if (fails) throw new Error('away');
            told.push(people.map((one) => one.address));
          },
        },
      },
    },
    log: silentLogger,
  };
  const collect = makeCollector(core as never);
  const wait = async (mail: string): Promise<void> => {
    const called = new Promise<void>((resolve) => (heard = resolve));
    collect('ana', mail);
    await called;
    await new Promise(setImmediate);
  };
  await wait('first');
  fails = false;
  await wait('first');
  collect('ana', 'crowd');
  await wait('second');
  assert.deepEqual(told, [['ben@x.example', 'cleo@x.example'], ['dora@x.example']]);
});
