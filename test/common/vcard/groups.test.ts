import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeGroups } from '../../../common/vcard/group-cards.ts';
import { parseCards } from '../../../common/vcard/parse-cards.ts';
import { writeCards } from '../../../common/vcard/write-cards.ts';

const card = (...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD', ''].join('\r\n');

describe('groups in vCards', () => {
  it('name cards by UID, also those behind them, and addresses (RFC 6350 6.6.5)', () => {
    const file =
      card(
        'KIND:group',
        'FN:The lab\\, all',
        'MEMBER:urn:uuid:AB-1',
        'MEMBER:mailto:x%2Cy@z.example',
        'MEMBER:urn:uuid:gone',
        'MEMBER:mailto:nobody',
      ) + card('UID:urn:uuid:ab-1', 'FN:Ana');
    const { contacts, groups, bad } = parseCards(file);
    assert.deepEqual([contacts.map(({ name }) => name), bad], [['Ana'], 0]);
    assert.deepEqual(groups, [{ name: 'The lab, all', members: [{ at: 0 }] }]);
  });

  it('come from Apple in vCard 3', () => {
    const file =
      card('UID:1', 'FN:Ana') +
      card(
        'UID:2',
        'N:Friends;;;;',
        'X-ADDRESSBOOKSERVER-KIND:group',
        'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1',
      );
    assert.deepEqual(parseCards(file).groups, [{ name: 'Friends', members: [{ at: 0 }] }]);
  });

  it('go out and come back with their members', () => {
    const [ana] = parseCards(card('FN:Ana', 'EMAIL:ana@x.example')).contacts;
    assert.ok(ana !== undefined);
    const members = [
      { contact: 'con_1', address: null },
      { contact: null, address: 'ben+x@y.example' },
    ];
    const file = writeCards([{ ...ana, id: 'con_1' }], [{ id: 'grp_1', name: 'Lab; two', members }]);
    assert.match(file, /\r\nKIND:group\r\nFN:Lab\\; two\r\nMEMBER:urn:valija:con_1\r\n/);
    const { groups } = parseCards(file);
    assert.deepEqual(placeGroups(groups, ['con_9']), [
      {
        name: 'Lab; two',
        members: [
          { contact: 'con_9', address: null },
          { contact: null, address: 'ben+x@y.example' },
        ],
      },
    ]);
    assert.deepEqual(placeGroups(groups, [null])[0]?.members.length, 1, 'a refused card is nobody');
  });
});
