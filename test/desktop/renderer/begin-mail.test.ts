import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import './stand-in-browser.ts';

const { beginMail } = await import('../../../desktop/renderer/composer/begin-mail.ts');
const { beginContent } = await import('../../../desktop/renderer/composer/signing/begin-content.ts');
const { formatAddress } = await import('../../../desktop/renderer/mail/people.ts');
const { looksLikeAddress } = await import('../../../desktop/renderer/composer/people/addresses.ts');

describe('a mail that is begun for somebody', () => {
  it('goes to the address of who stands in the address book with a name', () => {
    beginMail({
      to: [
        formatAddress({ name: 'Ana López', address: 'ana@x.test' }),
        formatAddress({ name: 'Doe, Jane', address: 'jane@x.test' }),
        formatAddress({ name: 'J. "Jim, the \\" Poe', address: 'jim@x.test' }),
        'bare@x.test',
      ],
      cc: [],
      bcc: [],
      subject: '',
      body: '',
    });
    const { to } = beginContent();
    assert.deepEqual(to, [
      { name: 'Ana López', address: 'ana@x.test' },
      { name: 'Doe, Jane', address: 'jane@x.test' },
      { name: 'J. "Jim, the \\" Poe', address: 'jim@x.test' },
      { name: null, address: 'bare@x.test' },
    ]);
    assert.ok(to.every(({ address }) => looksLikeAddress(address)));
  });
});
