import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DAY } from '../../../common/time.ts';
import type { UserMonth } from '../../../common/shapes/use.ts';
import { PASSWORD, registerUser, type TestUser } from '../sample.ts';
import { type EnrolledPart, type RunningServer, startServer } from '../start-server.ts';

/** So many users in each of two groups. */
const MEMBERS = 11;

describe('statistics of use', () => {
  let running: RunningServer;
  let home: EnrolledPart;
  let admin: TestUser;
  let tutor: TestUser;
  let outsider: TestUser;
  let groups: string[];
  let month: string;

  const useOf = (user: string, mails: number): UserMonth => ({
    user,
    month,
    providers: { google: { inHour: Array.from({ length: 24 }, (_, hour) => (hour === 9 ? mails : 0)) } },
  });

  before(async () => {
    running = await startServer();
    home = await running.enrolHome();
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    tutor = await registerUser(running, 'tutor');
    outsider = await registerUser(running, 'outsider');
    groups = [];
    for (const name of ['Arts', 'Law']) {
      groups.push((await admin.client.group.add.mutate({ name })).group.id);
    }
    await admin.client.user.setGroup.mutate({ id: tutor.id, group: groups[0]! });
    await admin.client.group.setAdmins.mutate({ id: groups[0]!, users: [tutor.id] });
    month = new Date(running.clock.now()).toISOString().slice(0, 7);
    const users: string[] = [];
    for (const group of groups) {
      for (let one = 0; one < MEMBERS; one++) {
        const name = `${group === groups[0] ? 'a' : 'l'}${one}`;
        const { user } = await admin.client.user.add.mutate({ name, group, how: 'invite' });
        users.push(user.id);
      }
    }
    await home.client.statistics.report.mutate({
      months: users.map((user) => useOf(user, 2)),
      holdings: users.map((user) => ({ user, mails: 5, bytes: 5000 })),
    });
    await home.client.statistics.report.mutate({ months: users.map((user) => useOf(user, 3)), holdings: [] });
  });
  after(async () => await running.stop());

  it('of a month that is open there are none', async () => {
    assert.deepEqual((await admin.client.statistics.periods.query()).periods, []);
    await assert.rejects(admin.client.statistics.read.query({ period: month }));
  });

  it('of a home are only those of its own users', async () => {
    const stranger = await running.enrol('storage-server');
    await stranger.client.statistics.report.mutate({ months: [useOf(tutor.id, 900)], holdings: [] });
    running.clock.advance(45 * DAY);
    await running.restart();
    for (const user of [admin, tutor, outsider]) {
      const again = await running.client().session.signIn.mutate({ name: user.name, password: PASSWORD });
      assert.ok('tokens' in again);
      user.client = running.client(again.tokens.profile);
    }
    const { tables } = await admin.client.statistics.read.query({ period: month });
    const table = tables.find(({ kind, measure }) => kind === 'group' && measure === 'inHour');
    assert.deepEqual(
      table?.rows.map(({ name, total, classes }) => [name, total, classes[9]]),
      [
        [null, 3 * 2 * MEMBERS, 3 * 2 * MEMBERS],
        ...['Arts', 'Law']
          .toSorted((a, b) =>
            groups[['Arts', 'Law'].indexOf(a)]!.localeCompare(groups[['Arts', 'Law'].indexOf(b)]!),
          )
          .map((name) => [name, 3 * MEMBERS, 3 * MEMBERS]),
      ],
    );
  });

  it('are the admins’, and those of a group its admins’', async () => {
    const { tables } = await tutor.client.statistics.read.query({ period: month });
    assert.deepEqual([...new Set(tables.map(({ kind }) => kind))], ['group']);
    assert.deepEqual([...new Set(tables.flatMap(({ rows }) => rows.map(({ name }) => name)))], ['Arts']);
    for (const client of [outsider.client]) {
      await assert.rejects(client.statistics.periods.query(), /forbidden/);
      await assert.rejects(client.statistics.read.query({ period: month }), /forbidden/);
    }
  });

  it('do not change any more once they are told', async () => {
    const told = await admin.client.statistics.read.query({ period: month });
    const { users } = await admin.client.user.list.query({ limit: 5 });
    await home.client.statistics.report.mutate({
      months: users.map(({ id }) => useOf(id, 50)),
      holdings: [],
    });
    await running.restart();
    assert.deepEqual(await admin.client.statistics.read.query({ period: month }), told);
  });
});
