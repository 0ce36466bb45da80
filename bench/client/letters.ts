/** Mails that both programs show at the top: plain text of about 3 KB, as people write it. */
export function makeLetters(count: number): Buffer[] {
  return Array.from({ length: count }, (_, at) => {
    const date = new Date(Date.UTC(2026, 9, 1) + at * 3_600_000).toUTCString().replace('GMT', '+0000');
    const lines = Array.from(
      { length: 40 },
      (_, line) =>
        `Line ${line} of letter ${at}: we meet on the ${1 + (line % 28)}th, bring ${at * line} copies.`,
    );
    const head = [
      `From: Writer ${at % 17} <writer${at % 17}@far.test>`,
      'To: Ana <ana@example.test>',
      `Subject: Letter ${at}`,
      `Date: ${date}`,
      `Message-ID: <letter-${at}@far.test>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
    ];
    return Buffer.from([...head, '', ...lines, ''].join('\r\n'));
  });
}
