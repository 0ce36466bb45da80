import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fromWireError } from '../../common/errors.ts';
import type { ProfileFile } from '../../common/archive/profile-file.ts';
import { isSealedFile } from '../../server-kit/sealed-file.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../harness/engines.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from './sample.ts';
import { startServer, type RunningServer } from './start-server.ts';

for (const engine of ENGINES) {
  describe(`a profile goes out and comes back on ${engine}`, { skip: missingEngine(engine) }, () => {
    let database: TestEngine;
    let running: RunningServer;
    let ana: TestUser;
    let eva: TestUser;
    before(async () => {
      database = await startEngine(engine);
      running = await startServer({
        settings: { allowNetworks: ['127.0.0.0/8'] },
        database: database.setting(),
      });
      ana = await registerUser(running, 'ana');
      eva = await registerUser(running, 'eva');
      await ana.client.account.add.mutate({
        settings: sampleSettings(),
        secrets: { pop3Password: 'hush hush' },
      });
      const add = async (part: 'labels' | 'mailboxes' | 'rules' | 'contacts', value: object) =>
        (await ana.client.profile.change.mutate({ part, id: null, base: null, value: value as never })).item
          .id;
      const above = await add('mailboxes', { id: 'new', name: 'Work', role: null, parent: null });
      await add('mailboxes', { id: 'new', name: '2015', role: null, parent: above });
      await add('labels', { name: 'Later', colour: 'blue' });
      await add('rules', { name: 'Keep', enabled: true, position: 1, script: 'keep;' });
      await add('contacts', {
        name: 'Bea',
        emails: [{ address: 'bea@example.org', kind: null }],
        phones: [],
        organisation: null,
        title: null,
        note: '',
        groups: [],
        vcard: null,
        collected: false,
      });
      const { revision } = await ana.client.profile.read.query({});
      const theme = { part: 'preferences', id: 'theme', base: revision, value: 'dark' } as const;
      await ana.client.profile.change.mutate(theme);
    });
    after(async () => {
      await running.stop();
      await database.stop();
    });

    const importFile = async (user: TestUser, body: object) => {
      const answer = await fetch(`${running.url}/profile/import`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${user.signedIn.tokens.profile}`,
        },
        body: JSON.stringify(body),
      });
      return (await answer.json()) as {
        added: number;
        changed: number;
        there: number;
        skipped: unknown[];
        error?: unknown;
      };
    };
    /** Without the ids, which are the server's to give. */
    const view = ({ items }: ProfileFile): string[] => {
      const names = new Map(
        items.map(({ id, value }) => [id, (value as { name?: string; email?: string } | null)?.name ?? '']),
      );
      return items
        .map(({ part, id, value }) => {
          const text = JSON.stringify({ part, value }, (key, inner: unknown) => {
            if (key === 'id') return undefined;
            return key === 'parent' || key === 'account' ? names.get(String(inner)) : inner;
          });
          return part === 'preferences' ? `${id} ${text}` : text;
        })
        .toSorted();
    };

    test('the file holds no secret, and gives another user an equal profile', async () => {
      const file = await ana.client.profile.export.query();
      assert.doesNotMatch(JSON.stringify(file), /hush/);
      const done = await importFile(eva, { profile: file });
      assert.deepEqual(done.skipped, []);
      assert.deepEqual(view(await eva.client.profile.export.query()), view(file));
      const { accounts } = await eva.client.account.list.query();
      assert.deepEqual(
        accounts.map(({ state, nextTry }) => [state, nextTry]),
        [['needs-sign-in', null]],
      );
      const again = await importFile(eva, { profile: file });
      assert.deepEqual([again.added, again.changed, again.skipped.length], [0, 0, 0]);
    });

    test('what has not its shape is refused alone, and a thousand contacts go in at once', async () => {
      const parts = ['mailboxes', 'accounts', 'labels', 'identities', 'rules', 'preferences'];
      const odd = parts.flatMap((part) => [null, {}, 'x'].map((value) => ({ part, id: 'odd', value })));
      const people = Array.from({ length: 1000 }, (_, index) => ({
        part: 'contacts',
        id: `con_${index}`,
        value: {
          name: `Person ${index}`,
          emails: [],
          phones: [],
          organisation: null,
          title: null,
          note: null,
          groups: [],
          vcard: null,
          collected: false,
        },
      }));
      const head = { format: 'valija-profile', version: 1, made: '2026-01-01T00:00:00Z' };
      const done = await importFile(eva, { profile: { ...head, items: [...odd, ...people] } });
      assert.deepEqual([done.added, done.skipped.length], [people.length, odd.length]);
    });

    // Nothing of it depends on the engine, and each sealing takes its time.
    if (engine === 'sqlite')
      test('with secrets it is sealed, needs the password, and the account polls again', async () => {
        const wrong = ana.client.profile.exportSecrets.mutate({
          password: 'nonsense',
          passphrase: 'correct horse',
        });
        await assert.rejects(
          wrong,
          (error: { data?: { valija?: unknown } }) =>
            fromWireError(error.data?.valija)?.code === 'sign-in-failed',
        );
        const { file } = await ana.client.profile.exportSecrets.mutate({
          password: PASSWORD,
          passphrase: 'correct horse',
        });
        const bytes = Buffer.from(file, 'base64');
        assert.ok(isSealedFile(bytes));
        assert.ok(!bytes.includes('hush hush'));
        const refused = await importFile(eva, { file, passphrase: 'wrong horse' });
        assert.equal(fromWireError(refused.error)?.reason, 'passphrase');
        bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
        const damaged = await importFile(eva, {
          file: bytes.toString('base64'),
          passphrase: 'correct horse',
        });
        assert.equal(fromWireError(damaged.error)?.code, 'invalid');
        assert.equal((await importFile(eva, { file, passphrase: 'correct horse' })).added, 0);
        const { accounts } = await eva.client.account.list.query();
        assert.equal(accounts[0]?.state, 'new');
      });

    test('history says what changed, and restore puts it back as a new revision', async () => {
      const { items, revision } = await ana.client.profile.read.query({
        parts: ['labels', 'rules', 'mailboxes'],
      });
      const label = items.find(({ part }) => part === 'labels')!;
      await ana.client.profile.change.mutate({
        part: 'labels',
        id: label.id,
        base: label.revision,
        value: null,
      });
      await ana.client.profile.change.mutate({
        part: 'rules',
        id: null,
        base: null,
        value: { name: 'Later', enabled: true, position: 2, script: 'keep;' },
      });
      const work = { id: 'new', name: 'Young', role: null, parent: null };
      await ana.client.profile.change.mutate({ part: 'mailboxes', id: null, base: null, value: work });
      const { entries } = await ana.client.profile.history.query({ since: null, before: null, limit: 3 });
      assert.deepEqual(
        entries.map(({ part, name, change }) => [part, name, change]),
        [
          ['mailboxes', 'Young', 'added'],
          ['rules', 'Later', 'added'],
          ['labels', 'Later', 'removed'],
        ].slice(0, entries.length),
      );
      const dry = await ana.client.profile.restore.mutate({ at: null, revision, dryRun: true });
      const expected = ['labels Later added', 'mailboxes Young stays', 'rules Later removed'];
      const shown = (done: typeof dry): string[] =>
        done.items.map(({ part, name, change }) => `${part} ${name} ${change}`).toSorted();
      assert.deepEqual([dry.revision, shown(dry)], [null, expected]);
      assert.equal((await ana.client.profile.read.query({ parts: ['labels'] })).items.length, 0);
      const done = await ana.client.profile.restore.mutate({ at: null, revision, dryRun: false });
      assert.deepEqual(shown(done), expected);
      const after = await ana.client.profile.read.query({ parts: ['labels', 'rules'] });
      assert.deepEqual(
        after.items.map(({ part, value }) => `${part} ${(value as { name: string }).name}`).toSorted(),
        ['labels Later', 'rules Keep'],
      );
    });
  });
}
