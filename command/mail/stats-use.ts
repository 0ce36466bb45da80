import { formatUseCsv } from '../../common/csv/use-csv.ts';
import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `stats use`: the report of a month or year, the newest month without one; as CSV for people, as tables with --json. */
export async function run(call: Call): Promise<Outcome> {
  const [wanted] = call.typed.words;
  const connection = await call.connect();
  const { periods, next } = await ask(connection.profile.statistics.periods.query());
  const period = wanted ?? periods[0];
  if (period === undefined) {
    return {
      value: { period: null, tables: [], next },
      text: fill(call.words().noUseYet, { date: next.slice(0, 10) }),
    };
  }
  const report = await ask(connection.profile.statistics.read.query({ period }));
  return { value: { ...report, next }, text: formatUseCsv(report).trimEnd() };
}
