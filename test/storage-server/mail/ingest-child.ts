import { createHash } from 'node:crypto';
import { incoming, makeMessage, openMailRig } from '../mail-rig.ts';

/**
 * Run by tests as a process that may be killed: ingests batches for user `user_a` into the directory given, and says
 * on stdout what was acknowledged: id and SHA-256 of each mail. Every tenth mail is a file of its own. Ends by itself
 * with `{"error": CODE}` when the store refuses.
 */
const [dataDir = '', batches = '1000', first = '0'] = process.argv.slice(2);
const rig = await openMailRig(dataDir, null);
let number = Number(first);
process.stdout.write('ready\n');
try {
  for (let batch = 0; batch < Number(batches); batch++) {
    const texts = Array.from({ length: 20 }, () => {
      number += 1;
      return makeMessage(number) + (number % 10 === 0 ? `${number} large `.repeat(40_000) : '');
    });
    const ingested = await rig.mails.ingestMails(
      'user_a',
      texts.map((text) => incoming(text)),
    );
    const lines = ingested.map(({ mailId }, index) => `${mailId} ${hash(texts[index] ?? '')}\n`);
    process.stdout.write(lines.join(''));
  }
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : String(error);
  process.stdout.write(`${JSON.stringify({ error: code })}\n`);
}
await rig.stop();

function hash(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
