import type { Call } from '../language/call.ts';
import type { TestDefinition } from '../language/definition.ts';
import type { SieveBody } from '../mail.ts';
import { checkMatch, MATCH_TAGS } from '../match/match-tags.ts';
import { matchValues } from '../match/match-values.ts';
import { decodeBytes } from '../header/decode-bytes.ts';
import type { Run } from '../run.ts';
import { readPlainText } from './plain-text.ts';

/** RFC 5173. */
export const bodyTests: Record<string, TestDefinition> = {
  body: {
    extension: 'body',
    tags: [
      ...MATCH_TAGS,
      { name: 'raw', group: 'transform' },
      { name: 'content', group: 'transform', takes: 'texts' },
      { name: 'text', group: 'transform' },
    ],
    takes: [['texts']],
    check: checkMatch,
    evaluate(call, run) {
      const keys = run.fillAll(call.values[0]);
      return matchValues(call, run, listContents(call, run), keys, false);
    },
  },
};

function listContents(call: Call, run: Run): string[] {
  if (call.tags.has('raw')) return run.readBody('raw', ({ raw }) => [decodeBytes(raw, 'utf-8')]);
  const wanted = call.tags.get('content');
  if (wanted === undefined) return run.readBody('text', (body) => listTexts(body, run));
  return listParts(run.body(), run.fillAll(wanted));
}

/** Every text that a person can read, of HTML what it says. */
function listTexts({ parts }: SieveBody, run: Run): string[] {
  const texts = parts.filter(({ type }) => type.startsWith('text/'));
  return texts.flatMap(({ type, content }) => {
    if (content === null) return [];
    run.spend(content.length);
    return [type === 'text/html' ? readPlainText(content) : content];
  });
}

/** RFC 5173 5.2: a type is `type/subtype`, `type` for all of a kind, or nothing for all. */
function listParts({ parts }: SieveBody, types: readonly string[]): string[] {
  const wanted = types.map((type) => type.toLowerCase());
  const fits = (type: string) =>
    wanted.some((one) => one === '' || one === type || (!one.includes('/') && type.startsWith(`${one}/`)));
  return parts.filter(({ type }) => fits(type)).flatMap(({ content }) => (content === null ? [] : [content]));
}
