import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import './stand-in-browser.ts';

const { beginMail, beginMailTo, readWanted } =
  await import('../../../desktop/renderer/composer/begin-mail.ts');
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

describe('a mailto: link', () => {
  const read = (link: string) => {
    beginMailTo(new URL(link));
    return readWanted();
  };

  it('keeps its plus signs, whatever the case of its fields (RFC 6068)', () => {
    assert.deepEqual(
      read('mailto:ana+news@x.test?CC=bea+list@x.test&Subject=C++%20and%20a%2Bb&body=1+1%0D%0A=%202%26'),
      {
        to: ['ana+news@x.test'],
        cc: ['bea+list@x.test'],
        bcc: [],
        subject: 'C++ and a+b',
        body: '1+1\r\n= 2&',
      },
    );
  });

  it('reads every field that names people, and encoded commas as part of an address', () => {
    const wanted = read(
      'mailto:a@x.test,b@x.test?to=c@x.test&to=%22d%2Ce%22@x.test&bcc=&attach=/etc/passwd&x',
    );
    assert.deepEqual(wanted?.to, ['a@x.test', 'b@x.test', 'c@x.test', '"d,e"@x.test']);
    assert.deepEqual([wanted?.cc, wanted?.bcc, wanted?.subject, wanted?.body], [[], [], '', '']);
  });

  it('names addresses only: no name that its author chose for one', () => {
    const wanted = read('mailto:%22Your%20bank%22%20%3Cevil@x.test%3E?cc=help@bank.test%20%3Cevil@y.test%3E');
    assert.deepEqual([wanted?.to, wanted?.cc], [['evil@x.test'], ['evil@y.test']]);
  });

  it('is read as it stands where its percent signs mean nothing', () => {
    assert.equal(read('mailto:?subject=100%')?.subject, '100%');
    const careless = read('mailto:50%25+x@x.test?subject=50% off&body=100%%0D%0Anow, caf%E9 o caf%C3%A9');
    assert.deepEqual(
      [careless?.to, careless?.subject, careless?.body],
      [['50%+x@x.test'], '50% off', '100%\r\nnow, caf\ufffd o café'],
    );
  });
});
