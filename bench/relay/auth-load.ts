/** As smtp-source, but over STARTTLS and signed in: arguments PORT SESSIONS MESSAGES SIZE; the response of AUTH PLAIN stands in SIGN_IN. */
import { openDialog } from '../../test/fakes/smtp-client.ts';

const [port = 0, sessions = 0, messages = 0, size = 0] = process.argv.slice(2).map(Number);
// The relay's certificate signs itself.
process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
process.removeAllListeners('warning');
const plain = process.env['SIGN_IN'] ?? '';
const head = 'From: <bench@bench.test>\r\nTo: <sink@sink.test>\r\nSubject: load\r\n\r\n';
const lines = Math.max(1, Math.round((size - head.length) / 80));
const message = Buffer.from(`${head}${`${'X'.repeat(78)}\r\n`.repeat(lines)}.\r\n`);
let left = messages;

await Promise.all(Array.from({ length: sessions }, runSession));

async function runSession(): Promise<void> {
  const dialog = await openDialog(port);
  const say = async (line: string, expected: string): Promise<void> =>
    demand(await dialog.say(line), expected);
  await say('EHLO bench.test', '250');
  await say('STARTTLS', '220');
  await dialog.startTls({ servername: 'localhost' });
  await say('EHLO bench.test', '250');
  await say(`AUTH PLAIN ${plain}`, '235');
  while (left > 0) {
    left -= 1;
    await say('MAIL FROM:<bench@bench.test>', '250');
    await say('RCPT TO:<sink@sink.test>', '250');
    await say('DATA', '354');
    dialog.write(message);
    demand(await dialog.read(), '250');
  }
  await say('QUIT', '221');
  dialog.close();
}

function demand(reply: string, expected: string): void {
  if (!reply.startsWith(expected)) throw new Error(`expected ${expected}: ${reply}`);
}
