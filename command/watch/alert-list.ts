import type { Call, Outcome } from '../call.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `alert list [--all]`: what is wrong now (or was), the rules, and who is told. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const value = await ask(profile.alert.list.query({ all: call.typed.has('all') }));
  const { alerts, rules, targets } = value;
  const words = call.words();
  const when = (time: string | null): string => (time === null ? '' : formatWhen(time, call.language()));
  const wrong = alerts.map(({ kind, subject, detail, openedAt, resolvedAt }) => [
    kind,
    cut(subject, 40),
    when(openedAt),
    resolvedAt === null ? words.alertOpen : when(resolvedAt),
    cut(
      Object.entries(detail)
        .map(([key, one]) => `${key}=${one ?? '–'}`)
        .join(' '),
      80,
    ),
  ]);
  const told = targets.map(({ id, kind, address, last, waiting }) => [
    id,
    kind,
    cut(address, 60),
    last === null ? '' : (last.error ?? when(last.at)),
    waiting === 0 ? '' : fill(words.alertWaiting, { n: waiting }),
  ]);
  const parts = [
    wrong.length === 0 ? words.alertNone : formatTable(wrong),
    formatTable(
      rules.map(({ kind, enabled, threshold }) => [
        kind,
        enabled ? fill(words[`alert/${kind}`], { n: threshold }) : words.alertOff,
      ]),
    ),
    told.length === 0 ? words.alertNobody : formatTable(told),
  ];
  return { value, text: parts.join('\n\n') };
}
