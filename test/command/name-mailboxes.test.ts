import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameMailboxes } from '../../command/transfer/name-mailboxes.ts';

test('no two mailboxes of an export write the same file', () => {
  const mailboxes = [
    { id: 'own', path: 'Sent', role: null },
    { id: 'sent', path: 'Enviados', role: 'sent' },
    { id: 'a', path: 'Re: Casa', role: null },
    { id: 'b', path: 'Re? Casa', role: null },
    { id: 'c', path: 'Casa/Año', role: null },
    { id: 'd', path: 'casa/AÑO', role: null },
  ] as const;
  assert.deepEqual(Object.fromEntries(nameMailboxes(mailboxes)), {
    a: 'Re_ Casa',
    b: 'Re_ Casa 2',
    c: 'Casa/Año',
    d: 'casa/AÑO 2',
    own: 'Sent 2',
    sent: 'Sent',
  });
});
