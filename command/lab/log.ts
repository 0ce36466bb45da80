import type { LabLogIn } from '../../common/shapes/lab.ts';
import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

const LIMIT = { max: 200, default: 50 };

/** `lab log`: who signed in where, the newest first. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limit = typed.text('limit');
  const rows = limit === undefined ? LIMIT.default : readNumber('--limit', limit, 1, LIMIT.max);
  const [room, pc, user, after] = ['room', 'pc', 'user', 'after'].map((name) => typed.text(name));
  const { profile } = await call.connect();
  const { logIns, next } = await ask(profile.lab.log.query({ room, pc, user, after, limit: rows }));
  const words = call.words();
  const lines = [
    logIns.length === 0 ? words.labNoLogIns : formatTable(logIns.map((logIn) => formatLogIn(logIn, call))),
  ];
  if (next !== null) lines.push('', fill(words.more, { cursor: next }));
  return { value: { logIns: logIns.map(viewLogIn), next }, text: lines.join('\n') };
}

function formatLogIn({ user, room, pc, address, from, to, end }: LabLogIn, call: Call): string[] {
  const words = call.words();
  const language = call.language();
  const until = to === null ? '' : formatWhen(to, language);
  const how = end === null ? words.labIsOpen : words[`labEnd-${end}`];
  return [formatWhen(from, language), cut(user?.name ?? '–', 30), room ?? '–', pc ?? address, until, how];
}

/** Its keys in the order of docs/json.md. */
function viewLogIn({ user, room, pc, address, client, lab, from, to, end }: LabLogIn): LabLogIn {
  return { user, room, pc, address, client, lab, from, to, end };
}
