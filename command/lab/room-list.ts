import type { LabRoom } from '../../common/shapes/lab.ts';
import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `lab room list`: rooms and how they are used. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { rooms } = await ask(profile.lab.rooms.query());
  const words = call.words();
  const rows = rooms.map(({ name, networks, forced, open, logIns, pcs }) => [
    name ?? words.labNowhere,
    networks.join(' '),
    forced ? words.labForced : '',
    String(pcs.length),
    String(open),
    String(logIns),
  ]);
  const head = [words.labRoom, words.labNetworks, '', words.labPcs, words.labOpen, words.labLogIns];
  const text = rows.length === 0 ? words.labNoRooms : formatTable([head, ...rows], [3, 4, 5]);
  return { value: { rooms: rooms.map(viewRoom) }, text };
}

/** Its keys in the order of docs/json.md. */
function viewRoom({ name, networks, forced, open, logIns, pcs }: LabRoom): LabRoom {
  return {
    name,
    networks,
    forced,
    open,
    logIns,
    pcs: pcs.map((pc) => ({ name: pc.name, open: pc.open, logIns: pc.logIns, lastAt: pc.lastAt })),
  };
}
