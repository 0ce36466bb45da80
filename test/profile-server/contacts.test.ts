import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Contact } from '../../common/shapes/contact.ts';
import { checkContact } from '../../profile-server/contact/check-contact.ts';
import { PASSWORD, codeOf, registerUser, type TestUser } from './sample.ts';
import { startServer, type RunningServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

const contactOf = (name: string, ...addresses: string[]): Contact => ({
  name,
  emails: addresses.map((address) => ({ address, kind: null })),
  phones: [],
  organisation: null,
  title: null,
  note: null,
  groups: [],
  vcard: null,
  collected: false,
});

describe('a contact', () => {
  it('has addresses that can be written to, each once', () => {
    const kept = checkContact({ ...contactOf('Ana', 'a@b.example', 'A@B.example'), groups: ['x', 'X', 'y'] });
    assert.deepEqual(kept.emails, [{ address: 'a@b.example', kind: null }]);
    assert.deepEqual(kept.groups, ['X', 'y']);
    for (const [value, code] of [
      [contactOf('Ana', 'nobody'), 'invalid/contact-address'],
      [contactOf('Ana', 'a b@c.example'), 'invalid/contact-address'],
      [contactOf(''), 'invalid/input'],
      [{ ...contactOf('Ana'), vcard: 'x'.repeat(60_000) }, 'too-large/contact-card'],
      ['Ana', 'invalid/input'],
    ] as const) {
      assert.equal(
        codeOf(() => checkContact(value)),
        code,
      );
    }
  });
});

describe('the address book', () => {
  let running: RunningServer;
  let user: TestUser;
  before(async () => {
    running = await startServer();
    user = await registerUser(running, 'ana');
  });
  after(async () => await running?.stop());
  const list = async (): Promise<string[]> => {
    const { items } = await user.client.profile.read.query({ parts: ['contacts'] });
    return items
      .filter(({ value }) => value !== null)
      .map(({ value }) => (value as Contact).name)
      .toSorted();
  };

  it('takes many at once, each once, and says which it refuses', async () => {
    const contacts = [
      contactOf('Ana', 'a@b.example'),
      contactOf('Ben'),
      contactOf('Bad', 'nobody'),
      contactOf(''),
    ];
    const first = await user.client.contact.import.mutate({ contacts });
    assert.deepEqual(
      [first.added, first.there, first.refused.map(({ at, code }) => [at, code])],
      [
        2,
        0,
        [
          [2, 'invalid'],
          [3, 'invalid'],
        ],
      ],
    );
    const again = await user.client.contact.import.mutate({
      contacts: [...contacts, contactOf('ana', 'A@b.example')],
    });
    assert.deepEqual([again.added, again.there], [0, 3]);
    assert.deepEqual(await list(), ['Ana', 'Ben']);
  });

  it('holds ten thousand and is not sent with a sign-in', async () => {
    for (let at = 0; at < 20; at += 1) {
      const contacts = Array.from({ length: 500 }, (_, one) => contactOf(`Person ${at}-${one}`));
      if (at < 19) await user.client.contact.import.mutate({ contacts });
      else {
        const rest = contacts.slice(0, 498);
        assert.equal((await user.client.contact.import.mutate({ contacts: rest })).added, 498);
      }
    }
    assert.equal((await list()).length, 10_000);
    const over = user.client.contact.import.mutate({ contacts: [contactOf('One more')] });
    await assert.rejects(over, /quota/);
    const single = { part: 'contacts', id: null, base: null, value: contactOf('One more') } as const;
    await assert.rejects(user.client.profile.change.mutate(single), /quota/);
    const signedIn = await expectSession(
      running.client().session.signIn.mutate({ name: 'ana', password: PASSWORD }),
    );
    assert.ok(signedIn.profile.items.every(({ part }) => part !== 'contacts'));
    assert.ok(JSON.stringify(signedIn).length < 10_000);
    const { items } = await user.client.profile.read.query({ since: signedIn.profile.revision });
    assert.deepEqual(items, []);
  });
});
