import type { Millis } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { listHomes, listRelays, type PartRecord } from './part-store.ts';

/** The relay that clients are told of: one that is there, if any is. */
export async function chooseRelay(server: ProfileContext): Promise<PartRecord | undefined> {
  const relays = await listRelays(server.db.read, server.clock.now());
  return relays.find(({ id }) => !server.presence.isGone(id)) ?? relays[0];
}

/** The storage-server that a new user gets as home; null when none was ever started. */
export async function chooseHome(
  server: ProfileContext,
  reader: Reader,
  now: Millis,
): Promise<string | null> {
  const homes = await listHomes(reader, now);
  return (homes.find(({ id }) => !server.presence.isGone(id)) ?? homes[0])?.id ?? null;
}
