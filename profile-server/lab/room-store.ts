import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { RoomRule } from './find-place.ts';

export async function listRooms(reader: Reader): Promise<RoomRule[]> {
  const rows = await reader.all<{ name: string; networks: string; forced: number }>(
    'SELECT name, networks, forced FROM lab_room ORDER BY name LIMIT 1000',
  );
  return rows.map(({ name, networks, forced }) => ({
    name,
    networks: JSON.parse(networks) as string[],
    forced: forced === 1,
  }));
}

export async function putRoom(tx: Writer, { name, networks, forced }: RoomRule): Promise<void> {
  await removeRoom(tx, name);
  await tx.run('INSERT INTO lab_room (name, networks, forced) VALUES (?, ?, ?)', [
    name,
    JSON.stringify(networks),
    forced ? 1 : 0,
  ]);
}

/** False when there is none of this name. */
export async function removeRoom(tx: Writer, name: string): Promise<boolean> {
  return (await tx.run('DELETE FROM lab_room WHERE name = ?', [name])).changes === 1;
}
