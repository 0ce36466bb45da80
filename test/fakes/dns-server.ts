import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Response codes of RFC 1035 4.1.1; `nothing`: the name exists, without records of that type. */
const RCODES = { nothing: 0, servfail: 2, nxdomain: 3 } as const;
const TYPES = new Map([
  [1, 'A'],
  [28, 'AAAA'],
] as const);

export type FakeDnsAnswer = keyof typeof RCODES;

export interface FakeDns {
  host: string;
  port: number;
  close(): void;
}

/** A name server without any record; `answer` says how it tells so. */
export async function startFakeDns(
  answer: (name: string, type: 'A' | 'AAAA') => FakeDnsAnswer,
): Promise<FakeDns> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const type = TYPES.get(query.readUInt16BE(at + 1) as 1);
    // Header and question, without what the asker added (EDNS).
    const reply = Buffer.from(query.subarray(0, at + 5));
    const rcode = type === undefined ? RCODES.nothing : RCODES[answer(labels.join('.').toLowerCase(), type)];
    reply.writeUInt16BE(0x8180 | rcode, 2);
    reply.writeUInt16BE(1, 4);
    reply.fill(0, 6, 12);
    socket.send(reply, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { host: '127.0.0.1', port: socket.address().port, close: () => void socket.close() };
}
