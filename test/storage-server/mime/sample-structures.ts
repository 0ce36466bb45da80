export const lines = (...all: string[]): string => all.join('\r\n');

export const multipart = (kind: string, boundary: string, ...rest: string[]): string =>
  lines(`Content-Type: multipart/${kind}; boundary="${boundary}"`, '', ...rest);

/** With preamble, epilogue, padded delimiters, and a picture beside two forms of a text. */
export const nested = multipart(
  'mixed',
  'outer',
  'preamble',
  '--outer',
  multipart(
    'alternative',
    'inner',
    '--inner',
    '',
    'plain',
    '--inner',
    'Content-Type: text/html',
    '',
    '<p>',
    '--inner--',
  ),
  '',
  '--outer  ',
  'Content-Type: image/png; name="=?utf-8?Q?a=C3=B1o.png?="',
  'Content-Disposition: attachment',
  '',
  'PNG',
  '',
  '--outer--',
  'epilogue',
);
