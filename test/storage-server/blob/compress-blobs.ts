/** Of the stores of these tests. */
export const KEY = Buffer.alloc(32, 6);

/** About 9 MB, the same at each call: headers and bodies of mails by turns, and nothing at all. */
export function makeBlobs(count = 400): Buffer[] {
  return Array.from({ length: count }, (_, n) => {
    if (n % 2 === 0) return Buffer.from(`Subject: number ${n}\r\nFrom: a${n % 7}@example.org\r\n\r\n`);
    return Buffer.concat([
      Buffer.from(`body ${n} `),
      Buffer.alloc(200 + ((n * 7919) % 90_000), `text ${n % 5}\r\n`),
    ]);
  }).concat([Buffer.alloc(0)]);
}
