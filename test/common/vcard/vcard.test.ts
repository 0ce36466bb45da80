import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Contact } from '../../../common/shapes/contact.ts';
import { parseCards } from '../../../common/vcard/parse-cards.ts';
import { writeCards } from '../../../common/vcard/write-cards.ts';

const card = (...lines: string[]): string => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const one = (bytes: string): Contact => {
  const { contacts, bad } = parseCards(bytes);
  assert.deepEqual([contacts.length, bad], [1, 0]);
  return contacts[0]!;
};

describe('a card is read', () => {
  for (const [name, lines, expected] of [
    [
      '4.0',
      ['VERSION:4.0', 'FN:Ana Ruiz', 'EMAIL;TYPE=work:ana@example.org'],
      { name: 'Ana Ruiz', emails: [{ address: 'ana@example.org', kind: 'work' }] },
    ],
    [
      '3.0 with types in a list',
      ['VERSION:3.0', 'FN:Ana', 'EMAIL;TYPE=INTERNET,HOME,pref:a@b.example'],
      { emails: [{ address: 'a@b.example', kind: 'home' }] },
    ],
    [
      '4.0 with types in quotation marks',
      ['VERSION:4.0', 'FN:Ana', 'TEL;VALUE=uri;TYPE="voice,home":tel:+34-600'],
      { phones: [{ number: '+34-600', kind: 'home' }] },
    ],
    [
      '2.1 with bare types',
      ['VERSION:2.1', 'N:Ruiz;Ana', 'TEL;CELL;VOICE:+34 600 000 000'],
      { name: 'Ana Ruiz', phones: [{ number: '+34 600 000 000', kind: 'cell' }] },
    ],
    [
      '2.1 in quoted-printable',
      ['VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:N=C3=BA=C3=B1ez;Jos=C3=A9'],
      { name: 'José Núñez' },
    ],
    [
      '2.1 in quoted-printable, broken',
      ['VERSION:2.1', 'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Jos=C3=A9=', ' N=C3=BA=C3=B1ez'],
      { name: 'JoséNúñez' },
    ],
    ['2.1 in Latin-1', ['VERSION:2.1', 'FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Jos=E9'], { name: 'José' }],
    ['bytes of Latin-1 that nobody names', ['VERSION:3.0', 'FN:Jos\xe9 \x80'], { name: 'José €' }],
    ['bytes of UTF-8', ['VERSION:3.0', `FN:${utf8('José 東京 😀')}`], { name: 'José 東京 😀' }],
    [
      'folded lines',
      ['VERSION:3.0', 'FN:Ana', ' Ruiz', 'NOTE:one', '\ttwo'],
      { name: 'AnaRuiz', note: 'onetwo' },
    ],
    [
      'groups and Apple labels',
      [
        'VERSION:3.0',
        'FN:Ana',
        'item1.EMAIL:a@b.example',
        'item1.X-ABLabel:_$!<Work>!$_',
        'item2.TEL:1',
        'item2.X-ABLabel:Casa',
      ],
      { emails: [{ address: 'a@b.example', kind: 'work' }], phones: [{ number: '1', kind: 'casa' }] },
    ],
    [
      'escapes',
      ['VERSION:4.0', 'FN:Ruiz\\, Ana\\; x', 'NOTE:one\\ntwo\\\\three'],
      { name: 'Ruiz, Ana; x', note: 'one\ntwo\\three' },
    ],
    [
      'organisation and groups',
      ['VERSION:4.0', 'ORG:Acme\\, Inc;Sales', 'TITLE:Boss', 'CATEGORIES:Friends,Work\\,er,friends'],
      { name: '', organisation: 'Acme, Inc, Sales', title: 'Boss', groups: ['Friends', 'Work,er'] },
    ],
    [
      'addresses of the web',
      ['VERSION:4.0', 'FN:Ana', 'EMAIL:mailto:a@b.example', 'TEL;VALUE=uri:tel:+34-600'],
      { emails: [{ address: 'a@b.example', kind: null }], phones: [{ number: '+34-600', kind: null }] },
    ],
    [
      'the same address twice',
      ['VERSION:4.0', 'FN:Ana', 'EMAIL:a@b.example', 'EMAIL:A@B.example'],
      { emails: [{ address: 'a@b.example', kind: null }] },
    ],
    ['what is no address', ['VERSION:4.0', 'FN:Ana', 'EMAIL:nobody', 'EMAIL:a b@c'], { emails: [] }],
    ['a parameter in quotes', ['VERSION:4.0', 'FN;LANGUAGE="x:y;z":Ana'], { name: 'Ana' }],
    ['parts of a name', ['VERSION:3.0', 'N:Ruiz;Ana;María;Dr.;Jr.'], { name: 'Dr. Ana María Ruiz Jr.' }],
    [
      'another card within it',
      ['VERSION:2.1', 'FN:Ana', 'AGENT:', 'BEGIN:VCARD', 'FN:Ben', 'END:VCARD'],
      { name: 'Ana' },
    ],
    ['controls', ['VERSION:3.0', 'FN:A\u0007na\u0000'], { name: 'A na' }],
  ] as const) {
    it(name, () => {
      const found = one(card(...lines)) as unknown as Record<string, unknown>;
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(found[key], value, key);
    });
  }

  it('in a file of several, with those that are nobody counted', () => {
    const file =
      card('FN:Ana') +
      'rubbish\r\n' +
      card('NOTE:nobody') +
      card('EMAIL:b@c.example').replaceAll('\r\n', '\n');
    const { contacts, bad } = parseCards(file);
    assert.deepEqual([contacts.map(({ name }) => name), bad], [['Ana', ''], 1]);
  });

  it('each by itself where files without a newline at their end stand one behind the other, or an end is missing', () => {
    const [ana, bea] = [card('FN:Ana', 'EMAIL:a@b.example'), card('FN:Bea', 'EMAIL:b@b.example')];
    for (const file of [
      `${ana.trimEnd()}${bea.trimEnd()}${card('FN:Eva')}`,
      ana.replace('END:VCARD\r\n', '') + bea + card('FN:Eva'),
    ]) {
      const { contacts, bad } = parseCards(file);
      assert.deepEqual(
        [...contacts.map(({ name, emails }) => [name, ...emails.map(({ address }) => address)]), bad],
        [['Ana', 'a@b.example'], ['Bea', 'b@b.example'], ['Eva'], 0],
      );
    }
    const agent = card('VERSION:2.1', 'FN:Ana', 'AGENT:', card('FN:Her agent').trimEnd(), 'TITLE:Boss');
    assert.deepEqual([one(agent).name, one(agent).title], ['Ana', 'Boss']);
  });

  it('in a file of too many, with those counted that are left out', () => {
    const { contacts, bad } = parseCards(card('FN:x').repeat(10_003));
    assert.deepEqual([contacts.length, bad], [10_000, 3]);
  });

  it('in a file that was cut off, in UTF-16, or with a mark before it', () => {
    assert.equal(one('BEGIN:VCARD\r\nFN:Ana\r\nNOTE:x').name, 'Ana');
    assert.equal(one(utf8('\ufeff') + card('FN:Ana')).name, 'Ana');
    assert.equal(one('\xff\xfe' + Buffer.from(card('FN:José'), 'utf16le').toString('latin1')).name, 'José');
  });

  it('folded into as many lines as there may be', () => {
    const lines = 60_000;
    const photo = `PHOTO;ENCODING=b:${`${'A'.repeat(74)}\r\n `.repeat(lines)}`;
    const note = `NOTE;ENCODING=QUOTED-PRINTABLE:${`${'a'.repeat(74)}=\r\n`.repeat(lines)}b`;
    // Looking at the end of what grows, line by line, would take minutes.
    const found = one(card(photo, note, 'FN:Ana'));
    assert.deepEqual([found.name, found.note?.length], ['Ana', 10_000]);
    const folded = card('NOTE;ENCODING=QUOTED-', ' PRINTABLE:ab=\r\n\tcd=\r\n ', 'FN:Ana');
    assert.deepEqual([one(folded).note, one(folded).name], ['abcd', 'Ana']);
  });

  it('not in anything else, however much of it', () => {
    assert.deepEqual(parseCards(''), { contacts: [], groups: [], bad: 0 });
    for (const piece of [
      'BEGIN:VCARD\n',
      'FN:x\n ',
      '=\n',
      ';',
      ':',
      '"',
      'BEGIN:VCARD\nEND:VCARD\n',
      'item1.',
    ]) {
      const { contacts } = parseCards(piece.repeat(500_000 / piece.length));
      assert.deepEqual(contacts.length, 0, piece);
    }
  });
});

describe('a card is written', () => {
  const ana: Contact & { id: string } = {
    id: 'con_1',
    name: 'Ruiz; Ana, “la jefa” \\',
    emails: [
      { address: 'ana@example.org', kind: 'work' },
      { address: 'a@b.example', kind: 'mi casa: aquí' },
    ],
    phones: [{ number: '+34 600 000 000', kind: 'cell' }],
    organisation: 'Acme, Inc',
    title: 'Boss',
    note: 'one\ntwo, with much text that has to be folded: ñandú ñandú ñandú ñandú ñandú 😀😀😀😀😀😀😀😀😀😀',
    groups: ['Friends', 'a,b'],
    vcard: null,
    collected: false,
  };

  it('so that it can be read again as it was', () => {
    const text = writeCards([ana]);
    const { id, vcard, ...fields } = ana;
    const { vcard: kept, ...back } = one(utf8(text));
    assert.deepEqual(back, fields);
    assert.deepEqual([id, vcard, typeof kept], ['con_1', null, 'string']);
  });

  it('in lines of 75 octets at most, never broken within a character (RFC 6350 3.2)', () => {
    const lines = writeCards([ana]).split('\r\n');
    for (const line of lines) {
      assert.ok(Buffer.byteLength(line) <= 75, line);
      assert.doesNotMatch(line, /\ufffd/);
    }
    assert.deepEqual([lines[0], lines[1]], ['BEGIN:VCARD', 'VERSION:4.0']);
  });

  it('with what our fields do not hold, but without pictures', () => {
    const came = one(
      card(
        'VERSION:3.0',
        'FN:Ana',
        'ADR;TYPE=HOME:;;Calle 1;Madrid;;28001;España',
        'BDAY:1980-01-02',
        'X-ODD;X-P=1:a\\,b',
        'PHOTO;ENCODING=b:AAAA',
      ),
    );
    const text = writeCards([{ ...came, id: 'con_2' }]).replaceAll('\r\n ', '');
    assert.match(text, /^ADR;TYPE=HOME:;;Calle 1;Madrid;;28001;Espa\u00c3?\u00f1?/m);
    assert.match(text, /^BDAY:1980-01-02\r$/m);
    assert.match(text, /^X-ODD:a\\,b\r$/m);
    assert.doesNotMatch(text, /PHOTO|AAAA/);
    assert.equal(text.match(/^FN:/gm)?.length, 1);
  });

  it('with types that come back as they were, commas in them too', () => {
    const phones = ['casa, madrid', 'work', 'main office'].map((kind) => ({ number: '1', kind }));
    for (const phone of phones) {
      const text = writeCards([{ ...ana, id: 'con_2', phones: [phone] }]);
      assert.deepEqual(one(text).phones, [phone]);
    }
  });

  it('under one name: the parts of a former one go, those of the same stay', () => {
    const came = one(card('VERSION:3.0', 'N:Ruiz;Ana;;;', 'FN:Ana Ruiz', 'SORT-STRING:Ruiz'));
    assert.match(writeCards([{ ...came, id: 'con_2' }]), /^N:Ruiz;Ana;;;\r$/m);
    const renamed = writeCards([{ ...came, id: 'con_2', name: 'Ana Gil' }]);
    assert.match(renamed, /^FN:Ana Gil\r$/m);
    assert.doesNotMatch(renamed, /Ruiz/);
  });

  it('never with lines of others in it', () => {
    const text = writeCards([
      { ...ana, name: 'x\r\nEMAIL:evil@example.org', vcard: 'NOTE:y\nEND:VCARD\nBEGIN:VCARD\nFN:Evil' },
    ]);
    const { contacts } = parseCards(utf8(text));
    assert.equal(contacts.length, 1);
    assert.deepEqual(
      contacts[0]?.emails.map(({ address }) => address),
      ['ana@example.org', 'a@b.example'],
    );
  });
});
