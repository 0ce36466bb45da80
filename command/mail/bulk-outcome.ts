import type { BulkChange } from '../../common/shapes/selection.ts';
import type { Call, Outcome } from '../call.ts';
import { fill } from '../words/words.ts';

/** What a change of many mails says: how many, and how it is undone. */
export function describeChange(call: Call, { changed, operation }: BulkChange): Outcome {
  const words = call.words();
  const lines = [fill(words.changed, { n: changed })];
  if (operation !== null) lines.push(fill(words.undoWith, { operation }));
  return { value: { changed, operation }, text: lines.join('\n') };
}
