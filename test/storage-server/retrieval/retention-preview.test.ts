import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { startPop3Server, type FakePop3 } from '../../fakes/pop3-server.ts';
import { refusal } from '../../profile-server/start-server.ts';
import { sampleSettings } from '../../profile-server/sample.ts';
import { startStorage, type RunningStorage, type StorageUser } from '../start-storage.ts';
import { makeMessages } from './store.ts';

const MAILS = makeMessages(9);

describe('a change of the retention contract, from the preview to the deletion', () => {
  let running: RunningStorage;
  let server: FakePop3;
  let ana: StorageUser;
  let account: string;
  let count = 0;
  before(async () => {
    running = await startStorage(['127.0.0.0/8']);
  });
  after(async () => await running.stop());
  beforeEach(async () => {
    server = await startPop3Server({ messages: [...MAILS] });
    ana = await running.register(`ana${++count}`);
    const secrets = { pop3Password: 'secret' };
    account = (await ana.client.account.add.mutate({ settings: settingsWith('always'), secrets })).id;
    await check();
  });
  afterEach(async () => await server.close());

  const settingsWith = (keep: string) =>
    sampleSettings({
      keep,
      interval: 86_400,
      pop3: { host: '127.0.0.1', port: server.port, tls: 'none', user: 'alice', auth: 'auto' },
    });
  const check = async () => {
    const { accounts } = await ana.storage.check.run.mutate({ account });
    assert.equal(accounts[0]?.error, null);
  };
  const preview = async (keep: string) => await ana.storage.retention.preview.mutate({ account, keep });
  const edit = async (keep: string, confirmation: string | null) =>
    await ana.client.account.edit.mutate({
      id: account,
      base: null,
      settings: settingsWith(keep),
      confirmation,
    });
  const countThere = (): number => server.messages.filter((message) => message !== null).length;

  test('what the preview counts is what goes, and nothing goes before', async () => {
    const shown = await preview('delete');
    assert.deepEqual(
      [shown.account, shown.keep, shown.count, shown.bytes],
      [account, 'delete', 9, MAILS.reduce((sum, mail) => sum + mail.length, 0)],
    );
    assert.deepEqual(
      shown.examples.map(({ subject, from }) => [subject, from]),
      [8, 7, 6, 5, 4].map((n) => [`mail ${n}`, `Sender ${n}`]),
    );
    assert.equal((await refusal(edit('delete', null))).reason, 'retention-unconfirmed');
    await check();
    assert.equal(countThere(), 9);
    await edit('delete', shown.confirmation);
    await check();
    assert.equal(countThere(), 0);
    assert.equal((await preview('delete')).count, 0);
  });

  test('of a maildrop that nobody has looked at, no number is told that could only be wrong', async () => {
    const pop3 = { ...settingsWith('always').pop3, host: 'localhost' };
    const settings = { ...settingsWith('always'), pop3 };
    const secrets = { pop3Password: 'secret' };
    const base = { id: account, base: null };
    await ana.client.account.edit.mutate({ ...base, settings, secrets });
    const refused = await refusal(preview('delete'));
    assert.deepEqual([refused.code, refused.reason], ['not-yet', 'retention-unlisted']);
    assert.equal((await preview('days:7')).count, 0);
    await check();
    const shown = await preview('delete');
    assert.equal(shown.count, 9);
    const kept = { ...settings, keep: 'delete' };
    await ana.client.account.edit.mutate({ ...base, settings: kept, confirmation: shown.confirmation });
  });

  test('a confirmation of one user is none for another', async () => {
    const bea = await running.register(`bea${count}`);
    const other = sampleSettings({ ...settingsWith('always'), email: 'bea@example.org' });
    const secrets = { pop3Password: 'secret' };
    const { id } = await bea.client.account.add.mutate({ settings: other, secrets });
    await bea.storage.check.run.mutate({ account: id });
    const { confirmation } = await bea.storage.retention.preview.mutate({ account: id, keep: 'delete' });
    assert.equal((await refusal(edit('delete', confirmation))).reason, 'retention-unconfirmed');
  });

  test('what came today is not due by days; mirror counts what the user has removed', async () => {
    assert.equal((await preview('days:7')).count, 0);
    const { mails } = await ana.storage.mail.list.query({ mailbox: 'inbox' });
    const ids = mails.slice(0, 2).map(({ id }) => id);
    await ana.storage.mail.move.mutate({ ids, to: 'trash' });
    assert.equal((await preview('mirror')).count, 0);
    await ana.storage.mail.remove.mutate({ ids });
    const shown = await preview('mirror');
    assert.deepEqual([shown.count, shown.examples], [2, []]);
    await edit('mirror', shown.confirmation);
    await check();
    assert.equal(countThere(), 7);
  });

  test('what is not here yet counts where it would be deleted as soon as it is', async () => {
    server.messages.push(...makeMessages(4, 'new'));
    assert.equal((await preview('delete')).count, 9);
    await check();
    assert.equal((await preview('delete')).count, 13);
  });
});
