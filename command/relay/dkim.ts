import { DKIM_ALGORITHMS, type DkimKeyFacts } from '../../common/shapes/dkim.ts';
import type { Call, Outcome } from '../call.ts';
import { formatRecord } from '../domain/format-record.ts';
import { makeUsageError } from '../failure.ts';
import { formatWhen } from '../format.ts';
import { ask, type Connection } from '../server/connection.ts';

/**
 * `relay dkim DOMAIN [--new] [--algorithm rsa|ed25519] [--remove SELECTOR]`: the keys that sign mail of a domain and the
 * records to publish. Where there is none, both kinds are made.
 */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const domain = typed.words[0] ?? '';
  const algorithms = readAlgorithms(typed.text('algorithm'));
  const { profile } = await call.connect();
  const removed = typed.text('remove');
  if (removed !== undefined) {
    await ask(profile.dkim.remove.mutate({ domain, selector: removed }));
    return show(domain, await list(profile, domain), call);
  }
  const known = await list(profile, domain);
  if (known.length > 0 && !typed.has('new')) return show(domain, known, call);
  return show(domain, (await ask(profile.dkim.make.mutate({ domain, algorithms }))).keys, call);
}

async function list(profile: Connection['profile'], domain: string): Promise<DkimKeyFacts[]> {
  return (await ask(profile.dkim.list.query({ domain }))).keys;
}

function readAlgorithms(text: string | undefined): (typeof DKIM_ALGORITHMS)[number][] {
  if (text === undefined) return [...DKIM_ALGORITHMS];
  const found = DKIM_ALGORITHMS.find((known) => known === text);
  if (found !== undefined) return [found];
  throw makeUsageError('bad-value', {
    option: '--algorithm',
    value: text,
    allowed: DKIM_ALGORITHMS.join(', '),
  });
}

function show(domain: string, keys: readonly DkimKeyFacts[], call: Call): Outcome {
  const value = { domain, keys: keys.map(({ domain: _same, ...facts }) => facts) };
  if (keys.length === 0) return { value, text: call.words().domainNoKey };
  const texts = keys.map(({ selector, algorithm, madeAt, record }) => {
    const head = `${selector}  ${algorithm}  ${formatWhen(madeAt, call.language())}`;
    return `${head}\n  ${formatRecord(record, call)}`;
  });
  return { value, text: texts.join('\n') };
}
