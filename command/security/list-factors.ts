import type { Call, Outcome } from '../call.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `factor list`: what this user proves himself by beside the password. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const factors = await ask(profile.factor.list.query());
  const [words, language] = [call.words(), call.language()];
  const { totp, passkeys, recoveryLeft } = factors;
  const when = (at: string | null): string => (at === null ? '–' : formatWhen(at, language));
  const rows = passkeys.map(({ id, name, createdAt, lastUsed, suspect }) => [
    id,
    `${cut(name, 40)}${suspect ? ` (${words.passkeySuspect})` : ''}`,
    when(createdAt),
    when(lastUsed),
  ]);
  if (totp !== null) rows.unshift(['totp', words.totpApp, when(totp.createdAt), when(totp.lastUsed)]);
  const text =
    rows.length === 0
      ? words.noFactors
      : `${formatTable(rows)}\n${fill(words.recoveryLeft, { n: recoveryLeft })}`;
  return { value: factors, text };
}
