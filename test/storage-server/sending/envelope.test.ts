import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { draftContent } from '../../../common/shapes/draft.ts';
import { pickSender, readRecipients } from '../../../storage-server/sending/message/envelope.ts';
import { describeSend } from '../../../storage-server/sending/status/read-status.ts';
import { makeRecipient } from '../../../storage-server/sending/status/recipient-store.ts';
import type { RecipientState, SendState } from '../../../common/shapes/status.ts';
import type { SendRowState } from '../../../storage-server/sending/send-store.ts';
import { makeContent } from './post-office.ts';

const list = (...addresses: string[]) => addresses.map((address) => ({ name: null, address }));
const refusal = (code: string, reason: string, field: string) => (error: unknown) =>
  error instanceof MailError && error.code === code && error.reason === reason && error.field === field;

suite('recipients of a mail', () => {
  test('each gets it once, whatever field names him', () => {
    assert.deepEqual(
      readRecipients({
        to: list('a@x.test', ' A@X.test '),
        cc: list('b@x.test'),
        bcc: list('B@x.test', 'c@x.test'),
      }),
      ['a@x.test', 'b@x.test', 'c@x.test'],
    );
  });
  test('international domains go to their ASCII form', () => {
    assert.deepEqual(readRecipients({ to: list('a@bücher.test', 'josé@ñ.test'), cc: [], bcc: [] }), [
      'a@xn--bcher-kva.test',
      'josé@xn--ida.test',
    ]);
  });
  test('a wrong one is named with its field', () => {
    for (const field of ['to', 'cc', 'bcc'] as const) {
      const lists = { to: list('a@x.test'), cc: list(), bcc: list(), [field]: list('not an address') };
      assert.throws(() => readRecipients(lists), refusal('invalid', 'recipient-address', field));
    }
  });
  test('none at all is refused', () => {
    assert.throws(
      () => readRecipients({ to: [], cc: [], bcc: [] }),
      refusal('invalid', 'no-recipients', 'to'),
    );
  });
  test('more than the limit are refused', () => {
    const many = Array.from({ length: 501 }, (_, n) => `a${n}@x.test`);
    assert.throws(
      () => readRecipients({ to: list(...many), cc: [], bcc: [] }),
      refusal('too-large', 'recipients', 'to'),
    );
  });
  test('as many as a person may paste are kept in a draft, so that they are counted when it is sent', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ name: null, address: `a${n}@x.test` }));
    const parse = (count: number) => draftContent.safeParse(makeContent({ bcc: many(count) })).success;
    assert.deepEqual([501, 5000, 5001].map(parse), [true, true, false]);
  });
});

suite('the sender of a mail', () => {
  const identity = (id: string, address: string) => ({
    id,
    account: 'acc',
    address,
    name: null,
    replyTo: null,
    signature: null,
  });
  const mine = [identity('i1', 'one@x.test'), identity('i2', 'two@x.test')];
  test('by id, by address, else the first', () => {
    assert.equal(pickSender(mine, { identity: 'i2', from: null }).id, 'i2');
    assert.equal(pickSender(mine, { identity: null, from: 'TWO@x.test' }).id, 'i2');
    assert.equal(pickSender(mine, { identity: null, from: null }).id, 'i1');
  });
  test('a foreign address is refused', () => {
    assert.throws(
      () => pickSender(mine, { identity: null, from: 'boss@x.test' }),
      refusal('route-refused', 'not-your-address', 'from'),
    );
  });
  test('an identity that is gone is not silently another', () => {
    assert.throws(
      () => pickSender(mine, { identity: 'i9', from: null }),
      refusal('invalid', 'identity-gone', 'from'),
    );
  });
  test('a user without any address is told so', () => {
    assert.throws(
      () => pickSender([], { identity: null, from: null }),
      refusal('invalid', 'no-identity', 'from'),
    );
  });
});

suite('what the user sees of a sending', () => {
  const table: [string, SendRowState, boolean, number, RecipientState[], SendState, RecipientState[]][] = [
    ['held for undo', 'waiting', false, 10, ['queued'], 'held', ['held']],
    ['scheduled', 'waiting', true, 10, ['queued'], 'scheduled', ['held']],
    ['due, no relay yet', 'waiting', false, -1, ['queued'], 'queued', ['queued']],
    ['on its way', 'trying', false, -1, ['queued'], 'queued', ['queued']],
    ['taken', 'taken', false, -1, ['accepted', 'deferred'], 'queued', ['accepted', 'deferred']],
    ['sent', 'taken', true, -1, ['accepted', 'accepted'], 'sent', ['accepted', 'accepted']],
    ['partly', 'taken', false, -1, ['accepted', 'failed'], 'partly', ['accepted', 'failed']],
    ['held at the relay', 'taken', false, -1, ['accepted', 'held'], 'held', ['accepted', 'held']],
    ['cancelled at the relay', 'taken', false, -1, ['cancelled'], 'cancelled', ['cancelled']],
    [
      'one cancelled there',
      'taken',
      false,
      -1,
      ['accepted', 'cancelled'],
      'partly',
      ['accepted', 'cancelled'],
    ],
    ['refused', 'refused', false, -1, ['failed'], 'failed', ['failed']],
    ['taken back', 'cancelled', false, 10, ['queued'], 'cancelled', ['cancelled']],
  ];
  for (const [name, state, scheduled, due, recipients, expected, shown] of table) {
    test(name, () => {
      const send = { mail: 'm', messageId: '<a@x>', state, scheduled, dueAt: 1000 + due, queueId: null };
      const status = describeSend(
        send,
        recipients.map((one, n) => ({ ...makeRecipient(`${n}@x.test`), state: one })),
        1000,
      );
      assert.equal(status.state, expected);
      assert.deepEqual(
        status.recipients.map((one) => one.state),
        shown,
      );
    });
  }
});
