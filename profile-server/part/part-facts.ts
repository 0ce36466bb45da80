import type { PartFacts } from '../../common/shapes/facts.ts';
import { formatTime, type Millis } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { listFacts, saveFacts } from './facts-store.ts';
import { touchPart } from './part-store.ts';

/** The profile-server among the parts that have facts: it is enrolled nowhere. */
export const OWN_FACTS = 'profile';

/** What a part says of itself replaces what it said before; it is alive, too. */
export async function keepFacts(
  server: Pick<ProfileContext, 'db' | 'clock'>,
  part: string,
  facts: PartFacts,
): Promise<void> {
  const at = server.clock.now();
  await server.db.write(async (tx) => {
    await saveFacts(tx, { part, at, facts: JSON.stringify(facts) });
    if (part !== OWN_FACTS) await touchPart(tx, part, at);
  });
}

export interface KnownFacts extends PartFacts {
  part: string;
  at: Millis;
}

export async function readFacts(reader: Reader): Promise<KnownFacts[]> {
  const records = await listFacts(reader);
  return records.map(({ part, at, facts }) => ({ ...(JSON.parse(facts) as PartFacts), part, at }));
}

/** For administrators: by part, `at` as ISO 8601. */
export async function showFacts(reader: Reader): Promise<(PartFacts & { part: string; at: string })[]> {
  return (await readFacts(reader)).map((known) => ({ ...known, at: formatTime(known.at) }));
}
