import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Logger } from '../../../server-kit/log.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { saveCursor } from '../../../storage-server/background/cursor-store.ts';
import { type Follower, followUsers } from '../../../storage-server/background/follow-users.ts';
import { readCounter } from '../../../storage-server/mail/mail-store.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { type MailRig, incoming, makeMessage, newUser, startMailRig } from '../mail-rig.ts';

for (const engine of ENGINES) {
  describe(`users whose mail changes are followed (${engine})`, { skip: missingEngine(engine) }, () => {
    let servers: TestEngine;
    let rig: MailRig;
    before(async () => {
      servers = await startEngine(engine);
      rig = await startMailRig(servers);
    });
    after(async () => {
      await rig.stop();
      await servers.stop();
    });

    /** Resolves with what was served, in order, once `wanted` holds of it. */
    const follow = async (
      wanted: (served: readonly string[]) => boolean,
      own: Partial<Follower> = {},
      begun: () => Promise<void> = async () => undefined,
      log: Logger = silentLogger,
    ): Promise<string[]> => {
      const served: string[] = [];
      const enough = Promise.withResolvers<undefined>();
      const stop = await followUsers(
        { db: rig.db, events: rig.events, log },
        {
          name: 'test',
          cursors: 'use_cursor',
          settle: 0,
          patience: 0,
          pause: 1,
          firstLook: 600_000,
          lookEvery: 600_000,
          look: async () => false,
          ...own,
          follow: async (user) => {
            served.push(user);
            if (wanted(served)) enough.resolve(undefined);
            return (await own.follow?.(user)) ?? false;
          },
        },
      );
      await begun();
      await enough.promise;
      await stop();
      return served;
    };
    const take = async (user: string): Promise<void> => {
      await rig.mails.ingestMails(user, [incoming(makeMessage(1))]);
    };
    const finish = async (user: string): Promise<void> => {
      const { modseq } = await readCounter(rig.db.read, user);
      await rig.db.write(async (tx) => await saveCursor(tx, 'use_cursor', user, { modseq, mail: 0 }));
    };

    test('begins with what an earlier run left, goes on with what changes, and leaves the rest alone', async () => {
      const [behind, done, later] = [newUser(), newUser(), newUser()];
      for (const user of [behind, done]) await take(user);
      await finish(done);
      const served = await follow(
        (all) => all.includes(behind) && all.includes(later),
        {},
        async () => await take(later),
      );
      assert.ok(!served.includes(done));
      for (const user of [behind, later]) await finish(user);
    });

    test('gives whoever has more to do another turn, behind the others', async () => {
      const [long, short] = [newUser(), newUser()];
      for (const user of [long, short]) await take(user);
      const turns = new Map<string, number>();
      const served = await follow((all) => all.length === 4, {
        follow: async (user) => {
          turns.set(user, (turns.get(user) ?? 0) + 1);
          return user === long && (turns.get(user) ?? 0) < 3;
        },
      });
      assert.deepEqual([...new Set(served.slice(0, 2))].sort(), [long, short].sort());
      assert.deepEqual(served.slice(2), [long, long]);
      for (const user of [long, short]) await finish(user);
    });

    test('a turn or a look that fails is told, and keeps nobody waiting', async () => {
      const [bad, good] = [newUser(), newUser()];
      for (const user of [bad, good]) await take(user);
      const told: string[] = [];
      const failed = Promise.withResolvers<undefined>();
      const note = (event: string): void => {
        told.push(event);
        if (event === 'test.failed') failed.resolve(undefined);
      };
      let looks = 0;
      await follow(
        (all) => all.includes(bad) && all.includes(good),
        {
          firstLook: 0,
          look: async () => {
            looks += 1;
            throw new Error('the profile-server is away');
          },
          follow: async (user) => {
            if (user === bad) throw new Error('not this one');
            return false;
          },
        },
        async () => await failed.promise,
        { ...silentLogger, warn: note, error: note },
      );
      assert.equal(looks, 1);
      assert.deepEqual(told.sort(), ['test.failed', 'test.stopped']);
      for (const user of [bad, good]) await finish(user);
    });
  });
}
