import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MailError } from '../../../common/errors.ts';
import { incoming, makeMessage, openMailRig, readAll } from '../mail-rig.ts';

/** Run by a test in a small file system: fills it, says what happened, makes room, and goes on. */
const [disk = ''] = process.argv.slice(2);
const ballast = join(disk, 'ballast');
writeFileSync(ballast, Buffer.alloc(1_500_000));
const rig = await openMailRig(disk, null);
const page = { mailbox: 'inbox', account: null, limit: 500, after: null };
const texts = new Map<string, string>();
let number = 0;
let code = '';
while (code === '') {
  number += 1;
  // Not compressible, now a row and now a file.
  const noise = Array.from({ length: number % 2 === 0 ? 5000 : 40_000 }, () =>
    Math.random().toString(36),
  ).join('\n');
  const text = `${makeMessage(number)}${noise}`;
  try {
    const [mail] = await rig.mails.ingestMails('user_a', [incoming(text)]);
    texts.set(mail?.mailId ?? '', text);
  } catch (error) {
    code = error instanceof MailError ? error.code : String(error);
  }
}
const before = texts.size;
const during = (await rig.mails.readPage('user_a', page)).total;
rmSync(ballast);
const text = makeMessage(9999);
const [mail] = await rig.mails.ingestMails('user_a', [incoming(text)]);
texts.set(mail?.mailId ?? '', text);
const after = (await rig.mails.readPage('user_a', page)).total;
let intact = true;
for (const [id, expected] of texts) {
  const bytes = await readAll(await rig.mails.openRaw('user_a', id, null));
  intact &&= bytes.toString('latin1') === expected;
}
await rig.stop();
process.stdout.write(JSON.stringify({ code, before, during, after, intact }));
