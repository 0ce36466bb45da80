import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { silentLogger } from '../../../server-kit/log.ts';
import type { Home } from '../../../storage-server/home/home.ts';
import { makeHome } from '../../../storage-server/home/make-home.ts';
import { type TestUser, registerUser } from '../../profile-server/sample.ts';
import { type EnrolledPart, type RunningServer, startServer } from '../../profile-server/start-server.ts';

describe('home, on a real profile-server', () => {
  let running: RunningServer;
  let part: EnrolledPart;
  let home: Home;
  let ana: TestUser;
  before(async () => {
    running = await startServer();
    part = await running.enrol('storage-server');
    await part.client.part.announce.mutate({ url: 'http://localhost:1', submission: null });
    ana = await registerUser(running, 'ana');
    home = makeHome({ profile: part.client, log: silentLogger });
  });
  after(async () => {
    await home.stop();
    await running.stop();
  });

  const addMailbox = async (name: string, parent: string | null): Promise<string> => {
    const value = { id: 'mbx_new', name, role: null, parent };
    const { item } = await ana.client.profile.change.mutate({
      part: 'mailboxes',
      id: null,
      base: null,
      value,
    });
    return item.id;
  };

  test('mailboxes by role, id and path; others’ users are refused', async () => {
    const inbox = await home.findMailbox(ana.id, 'inbox');
    assert.equal(inbox.role, 'inbox');
    assert.deepEqual(await home.findMailbox(ana.id, inbox.id), inbox);
    assert.deepEqual(await home.findMailbox(ana.id, inbox.path), inbox);
    await assert.rejects(home.findMailbox(ana.id, 'Nowhere'), { code: 'not-found', reason: 'mailbox' });
    await assert.rejects(home.readProfile('user_nobody'), { code: 'not-found' });
  });

  test('a mailbox made a moment ago is found at once, with its path', async () => {
    const outer = await addMailbox('Work', null);
    assert.equal((await home.findMailbox(ana.id, outer)).path, 'Work');
    const inner = await addMailbox('Invoices', outer);
    assert.equal((await home.findMailbox(ana.id, 'Work/Invoices')).id, inner);
  });

  test('whoever knows of a newer revision gets the profile as it stands there', async () => {
    const deaf = makeHome({ profile: part.client, log: silentLogger });
    await deaf.stop();
    const { revision } = await deaf.readProfile(ana.id);
    const id = await addMailbox('Travel', null);
    const knows = async (atLeast?: number): Promise<boolean> =>
      (await deaf.readProfile(ana.id, atLeast)).mailboxes.some((one) => one.id === id);
    assert.equal(await knows(), false, 'no news came');
    assert.equal(await knows(revision + 1), true);
  });

  test('what is changed reaches the cache by the waiting call', async () => {
    const { id } = await home.findMailbox(ana.id, 'Work');
    const { items } = await ana.client.profile.read.query({ parts: ['mailboxes'] });
    const item = items.find((one) => one.id === id);
    const value = { id, name: 'Labour', role: null, parent: null };
    await ana.client.profile.change.mutate({ part: 'mailboxes', id, base: item?.revision ?? 0, value });
    while ((await home.findMailbox(ana.id, id)).path !== 'Labour') {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(
      (await home.readProfile(ana.id)).mailboxes.some((one) => one.path === 'Labour/Invoices'),
      true,
    );
  });

  test('rules of the organisation run first, then those of the group; a policy’s quota comes with the profile', async () => {
    const admin = await registerUser(running, 'root', { setupCode: running.server.setupCode() ?? '' });
    const { group } = await admin.client.group.add.mutate({ name: 'Mathematics' });
    await admin.client.user.setGroup.mutate({ id: ana.id, group: group.id });
    const rule = (name: string, position: number) => ({ name, position, enabled: true, script: 'keep;' });
    await ana.client.profile.change.mutate({ part: 'rules', id: null, base: null, value: rule('own', 0) });
    const add = { part: 'rules' as const, id: null, base: null, locked: null };
    await admin.client.layer.change.mutate({ ...add, of: group.id, value: rule('of the group', 5) });
    await admin.client.layer.change.mutate({ ...add, of: 'organisation', value: rule('of all', 9) });
    const settings = { quotaBytes: 5_000_000 };
    await admin.client.policy.set.mutate({ of: 'organisation', base: 0, settings });
    while ((await home.readPollFacts(ana.id)).quotaBytes !== 5_000_000) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { rules } = await home.readProfile(ana.id);
    assert.deepEqual(
      rules.map(({ name }) => name),
      ['of all', 'of the group', 'own'],
    );
  });
});
