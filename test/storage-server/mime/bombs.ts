/** Messages made to cost whoever reads them more than they are worth, by name. Latin-1: each character is a byte. */
export function* makeBombs(): Generator<[name: string, message: string]> {
  yield* makeNested();
  yield* makeWide();
  yield* makeHeaders();
  yield* makeTexts();
  yield* makeLies();
}

const HEAD = 'From: a@example.org\r\nSubject: bomb\r\n';
const mixed = (boundary: string): string => `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`;

function* makeNested(): Generator<[string, string]> {
  let deep = `${HEAD}${mixed('b0')}`;
  for (let depth = 0; depth < 10_000; depth++) deep += `--b${depth}\r\n${mixed(`b${depth + 1}`)}`;
  yield ['10,000 nested multiparts', `${deep}--b10000\r\n\r\nthe core\r\n`];
  yield [
    '10,000 messages in messages',
    `${HEAD}${'Content-Type: message/rfc822\r\n\r\nSubject: x\r\n'.repeat(10_000)}\r\nthe core\r\n`,
  ];
  let prefixes = `${HEAD}${mixed('a')}`;
  for (let length = 1; length < 500; length++)
    prefixes += `--${'a'.repeat(length)}\r\n${mixed('a'.repeat(length + 1))}`;
  for (let length = 500; length > 0; length--) prefixes += `--${'a'.repeat(length)}--\r\n`;
  yield ['500 boundaries, each the begin of the next', prefixes];
  yield ['the same boundary at all depths', `${HEAD}${mixed('b')}${`--b\r\n${mixed('b')}`.repeat(50_000)}`];
}

function* makeWide(): Generator<[string, string]> {
  yield ['1,000,000 parts', `${HEAD}${mixed('b')}${'--b\r\n\r\nx\r\n'.repeat(1_000_000)}--b--\r\n`];
  const html = '--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n';
  yield ['900 HTML parts', `${HEAD}${mixed('b')}${html.repeat(900)}--b--\r\n`];
  const meta = `${'<meta '.repeat(48)}charset=${' '.repeat(3800)}\xf1>`;
  const unsaid = `--b\r\nContent-Type: text/html\r\n\r\n${meta}\r\n`;
  yield ['900 HTML parts that nearly name a charset', `${HEAD}${mixed('b')}${unsaid.repeat(900)}--b--\r\n`];
  yield [
    'lines that begin as delimiters do',
    `${HEAD}${mixed('b')}${'--bc\r\n--\r\n-- b\r\n'.repeat(200_000)}`,
  ];
  const many = `Content-Type: text/plain; name="f"\r\n${'X: y\r\n'.repeat(9000)}\r\nx\r\n`;
  yield ['parts with 9,000 headers each', `${HEAD}${mixed('b')}${`--b\r\n${many}`.repeat(60)}--b--\r\n`];
}

function* makeHeaders(): Generator<[string, string]> {
  const addresses = Array.from({ length: 100_000 }, (_, at) => `"N ${at}" <n${at}@example.org>`).join(
    ',\r\n ',
  );
  yield ['100,000 addresses', `From: ${addresses}\r\nTo: ${addresses}\r\nCc: ${addresses}\r\n\r\nx\r\n`];
  yield ['a header line of 1 MB', `${HEAD}X-Long: ${'v'.repeat(1_000_000)}\r\n\r\nx\r\n`];
  yield ['a subject of 1 MB', `Subject: ${'s '.repeat(500_000)}\r\n\r\nx\r\n`];
  yield ['a header of 100,000 folded lines', `${HEAD}X-Long: v\r\n${' v\r\n'.repeat(100_000)}\r\nx\r\n`];
  yield ['100,000 headers', `${HEAD}${'X-Many: v\r\n'.repeat(100_000)}\r\nx\r\n`];
  const words = '=?utf-8?q?=C3=B1?= '.repeat(100_000);
  yield ['100,000 encoded words', `From: ${words}<a@b>\r\nTo: ${words}\r\nSubject: ${words}\r\n\r\nx\r\n`];
  yield [
    'encoded words that never end',
    `From: ${'=?utf-8?q?'.repeat(20_000)}\r\nSubject: ${'=?a?b?'.repeat(20_000)}=?=\r\n\r\nx\r\n`,
  ];
  for (const [name, piece] of [
    ['brackets', '('],
    ['angles', '<'],
    ['quotes and backslashes', '"\\'],
    ['groups', 'g:'],
    ['commas and semicolons', ',;'],
    ['at signs', '@'],
    ['spaces', ' '],
  ]) {
    const value = piece!.repeat(100_000);
    yield [
      `addresses of nothing but ${name}`,
      `From: ${value}\r\nTo: ${value}\r\nReply-To: ${value}\r\nDate: ${value}\r\nMessage-ID: ${value}\r\nReferences: ${value}\r\nContent-Type: ${value}\r\nContent-Disposition: ${value}\r\nReceived: ${value}\r\nList-Unsubscribe: ${value}\r\nAuthentication-Results: ${value}\r\n\r\nx\r\n`,
    ];
  }
  const parameters = Array.from({ length: 20_000 }, (_, at) => `; p${at}*${at}*=%41`).join('');
  yield ['20,000 parameters', `${HEAD}Content-Type: text/plain${parameters}\r\n\r\nx\r\n`];
  const pieces = Array.from({ length: 20_000 }, (_, at) => `;\r\n name*${at}*=%C3%B1`).join('');
  yield ['a name in 20,000 pieces', `${HEAD}Content-Type: text/plain${pieces}\r\n\r\nx\r\n`];
  const ids = Array.from({ length: 100_000 }, (_, at) => `<${at}@example.org>`).join(' ');
  yield ['100,000 references', `${HEAD}References: ${ids}\r\nIn-Reply-To: ${ids}\r\n\r\nx\r\n`];
}

function* makeTexts(): Generator<[string, string]> {
  const html = (body: string): string => `${HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n${body}\r\n`;
  yield ['HTML 300,000 elements deep', html('<div>'.repeat(300_000))];
  yield ['HTML comments that never end', html('<!-- '.repeat(300_000))];
  yield ['tags that never end', html('<a href="x" '.repeat(200_000))];
  yield ['attributes without number', html(`<p ${'a=b '.repeat(500_000)}>x</p>`)];
  yield ['1,000,000 entities', html('&amp;&#x41;&nosuch'.repeat(300_000))];
  yield ['100,000 pictures from elsewhere', html('<img src="https://t.example/x.gif?u=1">'.repeat(100_000))];
  yield [
    'quoted-printable of nothing but =',
    `${HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n${'='.repeat(5_000_000)}`,
  ];
  yield [
    'base64 of one line of 12 MB',
    `${HEAD}Content-Transfer-Encoding: base64\r\n\r\n${'QUJD'.repeat(3_000_000)}`,
  ];
  yield ['text of spaces', `${HEAD}\r\n${' \t'.repeat(2_000_000)}`];
  yield ['text of quotes', `${HEAD}\r\n${'>'.repeat(2_000_000)}\r\n${'> a\r\n'.repeat(300_000)}`];
  yield ['text of dashes', `${HEAD}\r\n${'-'.repeat(2_000_000)}\r\n${'-=-='.repeat(300_000)}`];
}

function* makeLies(): Generator<[string, string]> {
  const two =
    'From: a@x.org\r\nFrom: b@y.org\r\nSubject: 1\r\nSubject: 2\r\nDate: no\r\nDate: Sat, 1 Jan 2000 00:00:00 +0000\r\n';
  yield [
    'each header twice',
    `${two}Content-Type: text/plain\r\nContent-Type: ${mixed('b').slice(14)}--b\r\n\r\nx\r\n--b--\r\n`,
  ];
  yield [
    'text that says it is base64',
    `${HEAD}Content-Transfer-Encoding: base64\r\n\r\nThis is no base64 at all: ñ!\r\n`,
  ];
  yield [
    'a multipart that says it is base64',
    `${HEAD}Content-Transfer-Encoding: base64\r\n${mixed('b')}--b\r\n\r\nx\r\n--b--\r\n`,
  ];
  yield ['an encoding that nobody knows', `${HEAD}Content-Transfer-Encoding: x-uue, base64\r\n\r\nQUJD\r\n`];
  for (const charset of [
    'utf-16',
    'utf-7',
    'iso-2022-jp',
    'x-nothing',
    'utf-8"; x="',
    '',
    'a'.repeat(5000),
    'hz-gb-2312',
    'utf-32',
  ]) {
    yield [
      `text in ${charset.slice(0, 20) || 'an empty charset'} that is not`,
      `From: =?${charset}?q?=1B=24=FF=80=00?= <a@b>\r\nSubject: =?${charset}?b?/////4CA?=\r\nContent-Type: text/plain; charset="${charset}"\r\n\r\n\x1b$B\xff\xfe\x00\xd8~{<:\x80\xed\xa0\x80x\r\n`,
    ];
  }
}
