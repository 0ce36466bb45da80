import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `health providers`: how the accounts at each provider are, and which share of its checks failed. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const map = await ask(profile.health.providers.query());
  const words = call.words();
  const head = [
    words.healthProvider,
    words.healthAccounts,
    words.healthFailing,
    words.healthLate,
    words.healthNeeds,
    '24 h',
  ];
  const rows = map.rows.map(({ provider, name, accounts, failing, late, needsSignIn, cells }) => {
    const day = cells.slice(-24);
    const polls = day.reduce((sum, cell) => sum + (cell?.polls ?? 0), 0);
    const failed = day.reduce((sum, cell) => sum + (cell?.failed ?? 0), 0);
    const share = polls === 0 ? '–' : `${Math.round((100 * failed) / polls)} %`;
    return [provider === name ? name : `${name} (${provider})`, accounts, failing, late, needsSignIn, share];
  });
  const text = formatTable([head, ...rows.map((row) => row.map(String))], [1, 2, 3, 4, 5]);
  return { value: map, text: rows.length === 0 ? words.healthNone : text };
}
