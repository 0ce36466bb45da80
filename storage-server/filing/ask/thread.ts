import type { Script } from '../../../common/sieve/language/call.ts';
import { parseScript } from '../../../common/sieve/parse-script.ts';
import { serveThread } from '../../thread/serve-thread.ts';
import { evaluateMail, type RuleAnswer } from './evaluate-mail.ts';
import type { FilingRequest } from './rule-thread.ts';

/** Scripts by their text: rules are asked about many mails. */
const known = new Map<string, Script>();
const MOST_KNOWN = 2000;

function readScript(source: string): Script {
  const before = known.get(source);
  if (before !== undefined) return before;
  const parsed = parseScript(source);
  if ('errors' in parsed) throw new Error('a script that was read before cannot be read');
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(source, parsed.script);
  return parsed.script;
}

serveThread({
  handle: ({ sources, mail, environment }: FilingRequest): RuleAnswer =>
    evaluateMail(sources.map(readScript), mail, environment),
  close: () => known.clear(),
  background: false,
});
