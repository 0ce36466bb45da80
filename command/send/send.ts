import type { DraftContent } from '../../common/shapes/draft.ts';
import type { SendStatus } from '../../common/shapes/status.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask, type Connection } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findFile, uploadFile, type FileToAttach } from './attachment.ts';
import { readSendOptions, readStdin, readTextFile, type SendOptions } from './send-options.ts';
import { makeStatusValue } from './status-value.ts';
import { formatStatus } from './status-view.ts';

/** `send`: answers when the mail is durable in Sent. */
export async function run(call: Call): Promise<Outcome> {
  const options = readSendOptions(call.typed);
  const status = call.typed.has('raw') ? await sendFinished(call, options) : await compose(call, options);
  return { value: makeStatusValue(status), text: formatStatus(status, call) };
}

async function sendFinished(call: Call, options: SendOptions): Promise<SendStatus> {
  const composing = ['from', 'to', 'cc', 'bcc', 'subject', 'html', 'attach', 'in-reply-to'];
  const other = composing.find((name) => call.typed.has(name));
  if (other !== undefined) throw makeUsageError('not-together', { option: '--raw', other: `--${other}` });
  const { sendRaw } = await import('./send-raw.ts');
  return await sendRaw(call, options);
}

async function compose(call: Call, options: SendOptions): Promise<SendStatus> {
  const files = call.typed.texts('attach').map(findFile);
  const draft = await readDraft(call);
  const connection = await call.connect();
  const { id } = await ask(connection.storage.draft.save.mutate({ id: null, base: null, draft }));
  try {
    const status = await sendDraft(connection, id, files, options);
    // The key was used before: the answer is about that mail, and this draft of the same one is not needed.
    if (status.id !== id) await dropDraft(connection, id);
    return status;
  } catch (error) {
    // What a person typed here exists nowhere else; what came from a pipe can be sent again.
    if (process.stdin.isTTY) call.note(fill(call.words().keptAsDraft, { id }));
    else await dropDraft(connection, id);
    throw error;
  }
}

async function sendDraft(
  connection: Connection,
  draft: string,
  files: FileToAttach[],
  options: SendOptions,
): Promise<SendStatus> {
  for (const file of files) await uploadFile(connection.home, draft, file);
  return await ask(connection.storage.sending.send.mutate({ draft, ...options }));
}

async function dropDraft(connection: Connection, id: string): Promise<void> {
  // Best effort: the first error is the one to report, and a draft left over does no harm.
  await connection.storage.draft.remove.mutate({ id }).catch(() => undefined);
}

async function readDraft(call: Call): Promise<DraftContent> {
  const { typed } = call;
  const { readAddresses } = await import('./addresses.ts');
  const to = readAddresses('--to', typed.texts('to'));
  const cc = readAddresses('--cc', typed.texts('cc'));
  const bcc = readAddresses('--bcc', typed.texts('bcc'));
  if (to.length + cc.length + bcc.length === 0) throw makeUsageError('missing-option', { option: '--to' });
  const from = typed.text('from');
  if (from === undefined) throw makeUsageError('missing-option', { option: '--from' });
  const [sender] = readAddresses('--from', [from]);
  const htmlFile = typed.text('html');
  const html = htmlFile === undefined ? null : readTextFile(htmlFile);
  return {
    identity: null,
    from: sender?.address ?? null,
    to,
    cc,
    bcc,
    subject: typed.text('subject') ?? '',
    text: await readBody(call, html),
    html,
    inReplyTo: typed.text('in-reply-to') ?? null,
    forwardOf: null,
  };
}

/** The text from stdin; beside --html it may be left out and is then made from it. */
async function readBody(call: Call, html: string | null): Promise<string> {
  const text = html !== null && process.stdin.isTTY ? '' : await readStdin(call);
  if (html === null || text.trim() !== '') return text;
  const { convert } = await import('html-to-text');
  return convert(html, { wordwrap: 78, selectors: [{ selector: 'img', format: 'skip' }] });
}
