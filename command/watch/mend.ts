import { TLS_MODES } from '../../common/shapes/account.ts';
import type { Call, Outcome } from '../call.ts';
import { readChoice, readNumber } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `health mend HOST --port N --tls MODE [--to HOST --confirm HOST] [--dry-run]`: all accounts on a host. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const from = typed.words[0] ?? '';
  const confirm = typed.text('confirm');
  const dryRun = typed.has('dry-run');
  const to = {
    host: typed.text('to') ?? from,
    port: readNumber('--port', typed.text('port') ?? '', 1, 65535),
    tls: readChoice('--tls', typed.text('tls') ?? '', TLS_MODES),
  };
  const { profile } = await call.connect();
  const report = await ask(
    profile.health.mend.mutate({ from, to, dryRun, ...(confirm === undefined ? {} : { confirm }) }),
  );
  const words = call.words();
  const { changed, users, problems } = report;
  const lines = [fill(dryRun ? words.healthWouldMend : words.healthMended, { n: changed, users })];
  for (const { email, user, reason } of problems)
    lines.push(`  ${email} (${user}): ${words[`mend-${reason}`]}`);
  for (const { email, name, problem } of report.layers) {
    const of = name ?? words.healthOrganisation;
    const state = problem === null ? '' : `: ${words[`mend-${problem}`]}`;
    lines.push(
      `  ${fill(dryRun ? words.healthWouldMendLayer : words.healthMendedLayer, { email, of })}${state}`,
    );
  }
  if (dryRun && report.confirm) lines.push(fill(words.healthConfirm, { host: to.host }));
  return { value: report, text: lines.join('\n') };
}
