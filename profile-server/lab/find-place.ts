import { liesWithin } from './networks.ts';

export interface RoomRule {
  name: string;
  networks: readonly string[];
  forced: boolean;
}

/** Where a session is. */
export interface SessionPlace {
  room: string | null;
  pc: string | null;
  /** It is a lab session, whatever was chosen. */
  forced: boolean;
}

/** The room by the network that admins gave it, which a client cannot claim; else as the computer's settings say. */
export function findPlace(
  said: { room?: string | undefined; pc?: string | undefined },
  address: string,
  rooms: readonly RoomRule[],
): SessionPlace {
  const here = rooms.find(({ networks }) => liesWithin(address, networks));
  const pc = said.pc?.trim() || null;
  return { room: here?.name ?? (said.room?.trim() || null), pc, forced: here?.forced ?? false };
}
