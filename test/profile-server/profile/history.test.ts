import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Contact } from '../../../common/shapes/contact.ts';
import type { ContactGroup } from '../../../common/shapes/contact-group.ts';
import type { Template } from '../../../common/shapes/template.ts';
import { MINUTE } from '../../../common/time.ts';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import { HISTORY_KEPT, trimHistory } from '../../../profile-server/profile/trim-history-store.ts';
import type { DatabaseSetting } from '../../../server-kit/database/database.ts';
import { openDatabase } from '../../../server-kit/database/open.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { describeChange } from '../../../profile-server/transfer/describe-change.ts';
import { onBothEngines } from '../engines.ts';
import { registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { refusal, startServer, type EnrolledPart, type RunningServer } from '../start-server.ts';

describe('a change in the history', () => {
  const long = 'x'.repeat(300);
  for (const [what, before, after, expected] of [
    ['names the field', { name: 'a' }, { name: 'b' }, [['name', 'a', 'b']]],
    [
      'names the part of a field',
      { pop3: { host: 'a', port: 1 } },
      { pop3: { host: 'b', port: 1 } },
      [['pop3.host', 'a', 'b']],
    ],
    ['of a preference is its value', 'light', 'dark', [['value', 'light', 'dark']]],
    ['that makes an item shows what it holds', null, { name: 'a', note: null }, [['name', null, 'a']]],
    ['that removes one shows what it held', { name: 'a' }, null, [['name', 'a', null]]],
    [
      'shows lists by their words',
      { emails: [] },
      { emails: [{ address: 'a@b.c', kind: null }] },
      [['emails', null, 'a@b.c']],
    ],
    ['cuts what is long', { note: null }, { note: long }, [['note', null, `${'x'.repeat(200)}…`]]],
    ['leaves out what nobody reads', { id: 'a', vcard: 'x' }, { id: 'b', vcard: 'y' }, []],
  ] as const) {
    test(what, () => {
      const fields = describeChange(JSON.stringify(before), JSON.stringify(after));
      assert.deepEqual(
        fields.map((one) => [one.field, one.before, one.after]),
        expected,
      );
    });
  }
});

onBothEngines('the history of a profile', (engine) => {
  let running: RunningServer;
  let setting: DatabaseSetting;
  let home: EnrolledPart;
  let ana: TestUser;
  before(async () => {
    setting = engine.setting();
    running = await startServer({ database: setting });
    home = await running.enrolHome();
    ana = await registerUser(running, 'ana');
  });
  after(async () => await running?.stop());

  const change = async (
    part: 'contacts' | 'groups' | 'templates' | 'identities',
    id: string | null,
    base: number | null,
    value: object | null,
  ) => await ana.client.profile.change.mutate({ part, id, base, value: value as never });
  const template: Template = { name: 'Thanks', subject: 'Re', text: 'Hi', html: '<b onclick="x()">Hi</b>' };

  test('ends a year ago, where each item stands as it was then', async () => {
    const made = await change('templates', null, null, { ...template, name: 'Old' });
    const { id } = made.item;
    running.clock.advance(MINUTE);
    const second = await change('templates', id, made.revision, { ...template, name: 'Old', text: 'Two' });
    running.clock.advance(MINUTE);
    await change('templates', id, second.revision, { ...template, name: 'Old', text: 'Three' });
    const own = await openDatabase({
      database: setting,
      file: join(running.dataDir, 'profile.sqlite'),
      schema: 'profile',
      migrations,
      log: silentLogger,
    });
    try {
      const texts = async (): Promise<(string | undefined)[]> => {
        const rows = await own.read.all<{ value: string }>(
          'SELECT value_after AS value FROM profile_history WHERE id = ? ORDER BY revision',
          [id],
        );
        return rows.map(({ value }) => (JSON.parse(value) as Template).text);
      };
      const trim = async (minutes: number): Promise<void> => {
        const now = running.clock.now() + HISTORY_KEPT + minutes * MINUTE;
        while (await own.write(async (tx) => await trimHistory(tx, now))) continue;
      };
      await trim(-3);
      assert.deepEqual(await texts(), ['Hi', 'Two', 'Three']);
      await trim(-0.5);
      assert.deepEqual(await texts(), ['Two', 'Three'], 'what it was a year ago stays');
      await trim(60);
      assert.deepEqual(await texts(), ['Three']);
    } finally {
      await own.close();
    }
    const stands = await ana.client.profile.read.query({ parts: ['templates'] });
    const item = stands.items.find((one) => one.id === id);
    await change('templates', id, item?.revision ?? 0, null);
  });

  test('undoes one change and keeps what came later', async () => {
    const made = await change('templates', null, null, template);
    assert.equal((made.item.value as Template).html, '<b>Hi</b>', 'kept harmless');
    const { id } = made.item;
    const second = await change('templates', id, made.revision, { ...template, subject: 'Changed' });
    const third = await change('templates', id, second.revision, {
      ...template,
      subject: 'Changed',
      text: 'Ho',
    });
    const [newest] = (await ana.client.profile.history.query({ since: null, before: null, limit: 1 }))
      .entries;
    assert.deepEqual(newest?.fields, [{ field: 'text', before: 'Hi', after: 'Ho' }]);
    const undone = await ana.client.profile.undo.mutate({ revision: second.revision, part: 'templates', id });
    assert.deepEqual(
      [undone.item?.change, undone.item?.fields.map(({ field }) => field)],
      ['changed', ['subject']],
    );
    const { items } = await ana.client.profile.read.query({ parts: ['templates'] });
    assert.deepEqual(items[0]?.value, { ...template, text: 'Ho', html: '<b>Hi</b>' });
    await change('templates', id, undone.revision, { ...template, text: 'Hu' });
    const late = await refusal(
      ana.client.profile.undo.mutate({ revision: third.revision, part: 'templates', id }),
    );
    assert.deepEqual([late.code, late.reason, late.params['fields']], ['conflict', 'undo', 'text']);
    const none = await refusal(ana.client.profile.undo.mutate({ revision: 1, part: 'templates', id }));
    assert.equal(none.reason, 'no-change');
  });

  test('brings back what was removed, and takes away what was made', async () => {
    const made = await change('groups', null, null, {
      name: 'Lab',
      members: [{ contact: null, address: 'x@y.example' }],
    });
    const { id } = made.item;
    const twin = await refusal(change('groups', null, null, { name: 'LAB ', members: [] }));
    assert.deepEqual([twin.code, twin.reason], ['name-taken', 'contact-group']);
    const removed = await change('groups', id, made.revision, null);
    await ana.client.profile.undo.mutate({ revision: removed.revision, part: 'groups', id });
    const back = await ana.client.profile.read.query({ parts: ['groups'] });
    assert.equal((back.items[0]?.value as ContactGroup | undefined)?.name, 'Lab');
    await ana.client.profile.undo.mutate({ revision: back.revision, part: 'groups', id });
    await ana.client.profile.undo.mutate({ revision: made.revision, part: 'groups', id });
    assert.deepEqual((await ana.client.profile.read.query({ parts: ['groups'] })).items, []);
    const account = await ana.client.account.add.mutate({
      settings: sampleSettings(),
      secrets: { pop3Password: 'x' },
    });
    const { entries } = await ana.client.profile.history.query({ since: null, before: null, limit: 2 });
    const added = entries.find(({ part }) => part === 'accounts');
    const which = { revision: added?.revision ?? 0, part: 'accounts' as const, id: account.id };
    assert.equal((await refusal(ana.client.profile.undo.mutate(which))).reason, 'undo-account');
  });

  test('holds whom the user wrote to, once, unless he does not want it', async () => {
    const people = [
      { name: 'Ben', address: 'Ben@x.example' },
      { name: null, address: 'ben@X.example' },
      { name: 'I', address: sampleSettings().email },
      { name: null, address: 'no address' },
    ];
    const collect = async () => await home.client.contact.collect.mutate({ user: ana.id, people });
    assert.deepEqual([await collect(), await collect()], [{ added: 1 }, { added: 0 }]);
    const { items } = await ana.client.profile.read.query({ parts: ['contacts'] });
    const values = items.map(({ value }) => value as Contact);
    assert.deepEqual(
      values.map(({ name, collected }) => [name, collected]),
      [['Ben', true]],
    );
    const off = {
      part: 'preferences' as const,
      id: 'collect',
      base: (await ana.client.profile.read.query({})).revision,
    };
    await ana.client.profile.change.mutate({ ...off, value: false });
    people.push({ name: 'Cleo', address: 'cleo@x.example' });
    assert.deepEqual(await collect(), { added: 0 });
  });

  test('goes out whole with templates and groups, whose members keep their cards', async () => {
    const contact = (await ana.client.profile.read.query({ parts: ['contacts'] })).items[0];
    await change('groups', null, null, { name: 'All', members: [{ contact: contact?.id, address: null }] });
    const file = await ana.client.profile.export.query();
    const bea = await registerUser(running, 'bea');
    // As if that id were taken: the card gets another one, and the group has to follow.
    const response = await fetch(`${running.url}/profile/import`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${bea.signedIn.tokens.profile}`,
        'content-type': 'application/json',
        origin: running.url,
      },
      body: JSON.stringify({ profile: file }),
    });
    assert.equal(response.status, 200);
    const { items } = await bea.client.profile.read.query({ parts: ['templates', 'groups', 'contacts'] });
    const group = items.find(({ part }) => part === 'groups')?.value as ContactGroup;
    const card = items.find(({ part }) => part === 'contacts');
    assert.deepEqual([group.name, group.members], ['All', [{ contact: card?.id, address: null }]]);
    assert.equal(items.filter(({ part }) => part === 'templates').length, 1);
  });
});
