import type { RetentionPreview } from '../../common/shapes/retention.ts';
import type { Call, Outcome } from '../call.ts';
import { cut, formatSize, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { readKeep } from './account-options.ts';
import { findAccountId } from './find-account.ts';

/** `account retention ID --keep K`: a dry run, what this contract would delete on the server now. */
export async function run(call: Call): Promise<Outcome> {
  const keep = readKeep(call.typed) ?? '';
  const connection = await call.connect();
  const account = await findAccountId(connection, call.typed.words[0] ?? '');
  const preview = await ask(connection.storage.retention.preview.mutate({ account, keep }));
  // The signed confirmation stays out: it is made afresh when the contract is changed.
  const { count, bytes, examples } = preview;
  return { value: { account, keep, count, bytes, examples }, text: formatPreview(preview, call) };
}

export function formatPreview({ count, bytes, examples }: RetentionPreview, call: Call): string {
  const words = call.words();
  const size = formatSize(bytes, call.language());
  const lines = [fill(words.wouldDelete, { count, size })];
  if (examples.length === 0) return lines.join('\n');
  const rows = examples.map(({ date, from, subject }) => [
    `  ${formatWhen(date, call.language())}`,
    cut(from, 30),
    cut(subject, 60),
  ]);
  return [...lines, formatTable(rows)].join('\n');
}
