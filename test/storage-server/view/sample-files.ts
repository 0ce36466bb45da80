import { deflateSync } from 'node:zlib';

/** A PDF of as many pages as there are contents, each `wide` by `high` points. `trailer`: more of its trailer. */
export function makePdf(
  contents: readonly (string | Buffer)[],
  more: { wide?: number; high?: number; trailer?: string } = {},
): Buffer {
  const { wide = 300, high = 200, trailer = '' } = more;
  const kids = contents.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  const objects: (string | Buffer)[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  for (const content of contents) {
    const at = objects.length + 2;
    const box = `/MediaBox [0 0 ${wide} ${high}]`;
    objects.push(
      `<< /Type /Page /Parent 2 0 R ${box} /Resources << /Font << /F1 3 0 R >> >> /Contents ${at} 0 R >>`,
    );
    const packed = typeof content === 'string' ? deflateSync(writeText(content)) : content;
    const head = `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`;
    objects.push(Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]));
  }
  const pieces = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(pieces.reduce((sum, { length }) => sum + length, 0));
    pieces.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'));
  });
  const start = pieces.reduce((sum, { length }) => sum + length, 0);
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${rows}`;
  const end = `trailer\n<< /Size ${count} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([...pieces, Buffer.from(table + end)]);
}

function writeText(text: string): string {
  return `BT /F1 18 Tf 20 100 Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`;
}

/** Of a PDF that opens by a password that nobody knows (ISO 32000-1, 7.6.3). */
export function lockPdf(): Buffer {
  const key = '<' + 'ab'.repeat(32) + '>';
  return makePdf(['secret'], {
    trailer: `/Encrypt << /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >> /ID [<01> <01>]`,
  });
}
