import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fromWireError } from '../../common/errors.ts';
import { router } from '../../storage-server/router.ts';
import { sampleSettings } from '../profile-server/sample.ts';
import { type RunningStorage, type StorageUser, draftOf, makeMail, startStorage } from './start-storage.ts';

interface Attempt {
  input: unknown;
  /** The code of the refusal; null: answered, and `answer` says that it shows nothing of the other user. */
  refused: string | null;
  answer?: unknown;
}

/** There is no id of another to give: whoever calls sees only his own. */
const OWN = 'own';

describe('every procedure refuses the ids of another user', () => {
  let running: RunningStorage;
  let ana: StorageUser;
  let bea: StorageUser;
  let mail: string;
  let attempts: Record<string, Attempt[] | typeof OWN>;
  before(async () => {
    running = await startStorage();
    ana = await running.register('ana');
    bea = await running.register('bea');
    mail = await makeMail(ana, 'private');
    await makeMail(bea, 'mine');
    const { id: draft } = await ana.storage.draft.save.mutate({
      id: null,
      base: null,
      draft: draftOf('draft'),
    });
    const { threadId: thread } = await ana.storage.mail.show.query({ id: mail });
    const { operation } = await ana.storage.mail.flag.mutate({
      ids: [mail],
      remove: ['flagged'],
      add: ['answered'],
    });
    const own = await makeMail(bea, 'also mine');
    const account = await ana.client.account.add.mutate({
      settings: sampleSettings(),
      secrets: { pop3Password: 'secret' },
    });
    const script = 'discard;';
    const { item: rule } = await ana.client.profile.change.mutate({
      part: 'rules',
      id: null,
      base: null,
      value: { name: 'private', enabled: false, position: 1, script },
    });
    const { mailboxes } = await ana.storage.mailbox.list.query();
    const mailbox = mailboxes.find((one) => one.role === 'inbox')?.id;
    const refuse = (input: unknown, refused = 'not-found'): Attempt => ({ input, refused });
    attempts = {
      'mail.list': [
        refuse({ mailbox }),
        { input: { account: account.id }, refused: null, answer: { mails: [], total: 0, unread: 0 } },
      ],
      'mail.show': [refuse({ id: mail })],
      'mail.flag': [
        refuse({ ids: [mail], add: ['seen'], remove: [] }),
        refuse({ ids: [own, mail], add: ['seen'] }),
        refuse({ selection: { where: { mailbox: 'inbox' }, except: [mail] }, add: ['seen'] }),
      ],
      'mail.label': [refuse({ ids: [mail], add: ['x'] }), refuse({ ids: [own, mail], remove: ['x'] })],
      'mail.count': [
        refuse({ selection: { ids: [mail] } }),
        refuse({ selection: { where: { mailbox } } }),
        {
          input: { selection: { where: { account: account.id } } },
          refused: null,
          answer: { total: 0, bytes: 0 },
        },
      ],
      'mail.unsubscribe': [refuse({ id: mail })],
      'picture.sign': [refuse({ mail })],
      'view.open': [refuse({ mail, part: '1' })],
      'view.page': [refuse({ mail, part: '1', page: 1 })],
      'summary.read': OWN,
      'mail.undo': [refuse({ operation })],
      'mail.move': [refuse({ ids: [mail], to: 'trash' }), refuse({ ids: [own], to: mailbox })],
      'mail.remove': [refuse({ ids: [mail] })],
      'thread.show': [refuse({ id: mail }), refuse({ id: thread })],
      'mail.changes': OWN,
      // A path can be signed by anybody for himself: opening it is what is refused, see below.
      'mail.signUrl': OWN,
      'mailbox.list': OWN,
      'mailbox.remove': [refuse({ id: mailbox })],
      'mailbox.empty': [refuse({ mailbox })],
      'label.list': OWN,
      'event.watch': OWN,
      'check.run': [refuse({ account: account.id })],
      'retention.preview': [refuse({ account: account.id, keep: 'delete' })],
      'account.test': [refuse({ account: account.id })],
      'draft.save': [
        refuse({ id: draft, base: 1, draft: draftOf('stolen') }),
        // The mail that is answered may be gone: the text is kept all the same, and knows nothing of it.
        {
          input: { id: null, base: null, draft: draftOf('answer', { inReplyTo: mail }) },
          refused: null,
          answer: { version: 1 },
        },
      ],
      'draft.open': [refuse({ id: draft })],
      'draft.remove': [refuse({ id: draft })],
      'draft.detach': [refuse({ id: draft, attachment: 'att_1' })],
      'draft.answer': [refuse({ mail, kind: 'reply', language: 'en', timeZone: null })],
      // Of a foreign mail nothing is known; of people only what one wrote to them oneself.
      'draft.precedents': [
        {
          input: { answered: mail, to: ['bob@example.test'] },
          refused: null,
          answer: { answered: null, written: [] },
        },
      ],
      'sending.send': [refuse({ draft, undo: 0, at: null, key: null })],
      'sending.status': [refuse({ id: mail })],
      'sending.cancel': [refuse({ id: mail })],
      'sending.waiting': OWN,
      'sending.change': [refuse({ id: mail, at: 'now' })],
      'remind.set': [refuse({ mail, at: '2030-01-01T00:00:00.000Z', unlessAnswered: false })],
      'remind.list': OWN,
      'remind.cancel': [refuse({ mail })],
      'remind.done': [refuse({ mail })],
      'snooze.set': [refuse({ selection: { ids: [mail] }, at: '2030-01-01T00:00:00.000Z' })],
      'snooze.list': OWN,
      'snooze.end': [refuse({ ids: [mail] })],
      'route.explain': OWN,
      'route.check': OWN,
      'suppression.list': OWN,
      'suppression.remove': OWN,
      'search.find': [
        { input: { query: 'private OR in:inbox' }, refused: null, answer: { total: 2 } },
        { input: { query: 'private' }, refused: null, answer: { mails: [], next: null, total: 0 } },
        refuse({ query: `in:${mailbox}` }),
        refuse({ query: `account:${account.id}` }),
      ],
      'search.snippets': [
        refuse({ query: 'private', ids: [mail] }),
        refuse({ query: 'mine', ids: [own, mail] }),
      ],
      'search.suggest': [
        { input: { text: 'from:' }, refused: null, answer: { suggestions: [] } },
        { input: { text: 'priva' }, refused: null, answer: { suggestions: [] } },
      ],
      'search.remember': OWN,
      'discover.find': OWN,
      'rules.run': [
        refuse({ rules: [rule.id], selection: { where: { mailbox: 'inbox' } } }),
        refuse({ rules: null, selection: { ids: [mail] } }),
        refuse({ rules: null, selection: { where: { mailbox } } }),
      ],
      'rules.preview': [{ input: { script }, refused: null, answer: { of: 0, matched: 0, mails: [] } }],
      'rules.problems': OWN,
      'rules.dismiss': OWN,
    };
  });
  after(async () => await running.stop());

  const call = async (path: string, input: unknown, token: string | null) => {
    const response = await fetch(`${running.url}/trpc/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: running.profile.url,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(input === undefined ? {} : { body: JSON.stringify(input) }),
    });
    return (await response.json()) as { result?: { data: unknown }; error?: { data: { valija: unknown } } };
  };
  const procedures = Object.entries(
    router._def.procedures as unknown as Record<string, { _def: { type: string } }>,
  );

  for (const [path, { _def }] of procedures) {
    test(path, async () => {
      const planned = attempts[path];
      assert.ok(planned !== undefined, `${path} is new: say here how it refuses foreign ids`);
      if (_def.type !== 'subscription') {
        const body = await call(path, {}, null);
        assert.equal(fromWireError(body.error?.data.valija)?.code, 'not-signed-in', 'nobody may not');
      }
      if (planned === OWN) return;
      for (const { input, refused, answer } of planned) {
        const body = await call(path, input, bea.token);
        const code = fromWireError(body.error?.data.valija)?.code ?? null;
        assert.equal(code, refused, `${JSON.stringify(input)}: ${JSON.stringify(body)}`);
        if (answer !== undefined) assert.partialDeepStrictEqual(body.result?.data, answer);
      }
    });
  }

  test('the list above names no procedure that is gone', () => {
    assert.deepEqual(Object.keys(attempts).sort(), procedures.map(([path]) => path).sort());
  });

  test('a foreign mail has no address, signed or not', async () => {
    assert.equal((await running.fetch(`/mail/${mail}/raw`, bea.token)).status, 404);
    assert.equal((await running.fetch(`/mail/${mail}/part/1`, bea.token)).status, 404);
    const { url } = await bea.storage.mail.signUrl.mutate({ path: `/mail/${mail}/raw` });
    assert.equal((await fetch(url)).status, 404);
  });

  test('what was refused left no trace', async () => {
    const view = await ana.storage.mail.show.query({ id: mail });
    assert.deepEqual([view.role, view.flags.includes('seen'), view.subject], ['inbox', true, 'private']);
    const { mails } = await ana.storage.mail.list.query({ mailbox: 'drafts' });
    assert.deepEqual(
      mails.map((one) => one.subject),
      ['draft'],
    );
  });
});
