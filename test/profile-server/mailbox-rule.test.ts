import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MailError } from '../../common/errors.ts';
import { checkLabel } from '../../profile-server/profile/item/label-rule.ts';
import { checkMailbox, checkMailboxRemoval } from '../../profile-server/profile/item/mailbox-rule.ts';
import type { ItemRecord } from '../../profile-server/profile/profile-store.ts';

function keep(part: ItemRecord['part'], id: string, value: object): ItemRecord {
  return { part, id, revision: 1, edited: 1, value: JSON.stringify(value) };
}
const box = (
  id: string,
  name: string,
  parent: string | null = null,
  role: string | null = null,
): ItemRecord => keep('mailboxes', id, { id, name, parent, role });
const codeOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    assert.ok(error instanceof MailError, String(error));
    return `${error.code} ${error.field ?? error.reason ?? ''}`;
  }
};

describe('which mailboxes may be kept', () => {
  const deep = Array.from({ length: 19 }, (_, index) =>
    box(`d${index}`, `deep ${index}`, index === 0 ? null : `d${index - 1}`),
  );
  const existing = [
    box('inbox', 'Inbox', null, 'inbox'),
    box('a', 'Work'),
    box('b', '2026', 'a'),
    box('c', 'Ñandú', 'b'),
    ...deep,
  ];
  const cases: [string, string, object, string | null][] = [
    ['a new one', 'n', { name: 'Bills', parent: null, role: null }, null],
    ['inside', 'n', { name: 'Bills', parent: 'b', role: null }, null],
    ['inside one with a role', 'n', { name: 'Lists', parent: 'inbox', role: null }, null],
    ['the name of a sibling, folded', 'n', { name: 'ñＡndú', parent: 'b', role: null }, 'name-taken name'],
    ['the same name elsewhere', 'n', { name: 'Ñandú', parent: 'a', role: null }, null],
    ['a slash', 'n', { name: 'a/b', parent: null, role: null }, 'invalid name'],
    ['only spaces', 'n', { name: '  ', parent: null, role: null }, 'invalid value'],
    ['a line break', 'n', { name: 'a\nb', parent: null, role: null }, 'invalid name'],
    ['a mark that turns letters round', 'n', { name: 'a\u202eb', parent: null, role: null }, 'invalid name'],
    ['another role', 'n', { name: 'x', parent: null, role: 'trash' }, 'invalid role'],
    ['its role taken off', 'inbox', { name: 'Inbox', parent: null, role: null }, 'invalid role'],
    ['renamed with its role', 'inbox', { name: 'Entrada', parent: null, role: 'inbox' }, null],
    ['no such parent', 'n', { name: 'x', parent: 'zzz', role: null }, 'invalid parent'],
    ['into itself', 'a', { name: 'Work', parent: 'a', role: null }, 'invalid parent'],
    ['into what is inside it', 'a', { name: 'Work', parent: 'c', role: null }, 'invalid parent'],
    ['moved to the top', 'c', { name: 'Ñandú', parent: null, role: null }, null],
    ['as deep as may be', 'c', { name: 'x', parent: 'd18', role: null }, null],
    ['deeper with what is inside', 'a', { name: 'Work', parent: 'd18', role: null }, 'invalid parent'],
    ['no object', 'n', [], 'invalid value'],
  ];
  for (const [name, id, value, expected] of cases) {
    test(name, () =>
      assert.equal(
        codeOf(() => checkMailbox(id, value, existing)),
        expected,
      ),
    );
  }
  for (const [id, expected] of [
    ['inbox', 'forbidden role-mailbox'],
    ['a', 'forbidden mailbox-not-empty'],
    ['c', null],
  ] as const) {
    test(`removing ${id}`, () =>
      assert.equal(
        codeOf(() => checkMailboxRemoval(id, existing)),
        expected,
      ));
  }
});

describe('which labels may be kept', () => {
  const existing = [keep('labels', 'l1', { name: 'Año', colour: 'red' })];
  const cases: [string, string, object, string | null][] = [
    ['another', 'l2', { name: 'Casa', colour: 'teal' }, null],
    ['the same, folded', 'l2', { name: 'AÑO', colour: 'teal' }, 'name-taken name'],
    ['itself spelt anew', 'l1', { name: 'AÑO', colour: 'teal' }, null],
    ['no such colour', 'l2', { name: 'x', colour: 'pink' }, 'invalid colour'],
    ['a control character', 'l2', { name: 'a\tb', colour: 'red' }, 'invalid name'],
    ['too long', 'l2', { name: 'x'.repeat(101), colour: 'red' }, 'invalid name'],
  ];
  for (const [name, id, value, expected] of cases) {
    test(name, () =>
      assert.equal(
        codeOf(() => checkLabel(id, value, existing)),
        expected,
      ),
    );
  }
});
