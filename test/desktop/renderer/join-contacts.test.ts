import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_CONTACT } from '../../../common/contact/empty-contact.ts';
import { joinContacts, moveMember } from '../../../desktop/renderer/contact/join-contacts.ts';

const card = (id: string, ...addresses: string[]) => ({
  ...EMPTY_CONTACT,
  id,
  name: id,
  emails: addresses.map((address) => ({ address, kind: null })),
});
const first = card('con_a', 'ana@x.example', 'both@x.example');
const second = card('con_b', 'old@x.example', 'Both@x.example');

test('of two cards that are joined, mail goes to the first address of the first', () => {
  assert.deepEqual(
    joinContacts(first, second).emails.map(({ address }) => address),
    ['ana@x.example', 'both@x.example', 'old@x.example'],
  );
});

test('who is in a group by the card that goes stays in it, at the same address', () => {
  const member = (contact: string | null, address: string | null = null) => ({ contact, address });
  const group = {
    name: 'Team',
    members: [
      member('con_c'),
      member('con_b'),
      member('con_b', 'both@x.example'),
      member(null, 'x@y.example'),
    ],
  };
  assert.deepEqual(moveMember(group, first, second), {
    name: 'Team',
    members: [
      member('con_c'),
      member('con_a', 'old@x.example'),
      member('con_a', 'both@x.example'),
      member(null, 'x@y.example'),
    ],
  });
  assert.deepEqual(moveMember(group, second, first), null);
});

test('who is in a group by both cards is in it once', () => {
  const twin = card('con_d', 'ANA@x.example', 'other@x.example');
  const members = [
    { contact: 'con_a', address: null },
    { contact: 'con_d', address: null },
    { contact: 'con_d', address: 'other@x.example' },
  ];
  assert.deepEqual(moveMember({ name: 'Team', members }, first, twin)?.members, [
    members[0],
    {
      contact: 'con_a',
      address: 'other@x.example',
    },
  ]);
});
