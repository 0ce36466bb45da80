import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What a line does to all that goes over it, each way. */
export interface LineRules {
  /** Shared by all connections, each way; Infinity: as fast as loopback. */
  bytesPerSecond: number;
  /** Half a round trip, in milliseconds. */
  delayMs: number;
}

export const UNTHROTTLED: LineRules = { bytesPerSecond: Infinity, delayMs: 0 };
/** 1 Mbit/s with a round trip of 100 ms. */
export const SLOW: LineRules = { bytesPerSecond: 125_000, delayMs: 50 };

/** One line between a browser and all the servers that it talks to; every byte counts, headers too. */
export interface Line {
  rules: LineRules;
  /** Bytes since the last `reset`. */
  readonly down: number;
  readonly up: number;
  readonly connections: number;
  reset(): void;
  /** Ends all connections: who comes back tomorrow has none. */
  hangUp(): void;
  /** Takes what comes to the port of loopback that it returns over the line to the port `target`. */
  carry(target: number): Promise<number>;
  close(): Promise<void>;
}

/** As long as a packet of Ethernet carries. */
const PACKET = 1460;
/** A sender is told to wait while this much of its bytes has not left. */
const MOST_WAITING = 64 * 1024;

interface Lane {
  packets: Buffer[];
  waiting: number;
  /** Nothing leaves before: the handshake takes a round trip. */
  notBefore: number;
  ended: boolean;
  /** Into the hands of the receiver. */
  deliver(packet: Buffer): void;
  finish(): void;
  /** Called when the sender may go on. */
  goOn(): void;
}

/** One way of the line: connections take turns, packet by packet, as they do in a fair queue. */
class Way {
  readonly #rules: () => LineRules;
  readonly #lanes = new Set<Lane>();
  readonly #flying: { at: number; arrive: () => void }[] = [];
  #freeAt = 0;
  #waiting: NodeJS.Timeout | undefined;
  #landing: NodeJS.Timeout | null = null;

  constructor(rules: () => LineRules) {
    this.#rules = rules;
  }

  open(lane: Lane): void {
    this.#lanes.add(lane);
  }

  drop(lane: Lane): void {
    this.#lanes.delete(lane);
  }

  push(lane: Lane, data: Buffer): boolean {
    for (let at = 0; at < data.length; at += PACKET) lane.packets.push(data.subarray(at, at + PACKET));
    lane.waiting += data.length;
    this.#send();
    return lane.waiting < MOST_WAITING;
  }

  end(lane: Lane): void {
    lane.ended = true;
    this.#send();
  }

  /** Asked anew by whoever has something to send: one that may go at once does not wait for another's handshake. */
  #send(): void {
    clearTimeout(this.#waiting);
    for (let lane = this.#next(); lane !== null; lane = this.#next()) {
      const now = performance.now();
      const wait = Math.max(this.#freeAt, lane.notBefore) - now;
      if (wait > 0.5) {
        this.#waiting = setTimeout(() => this.#send(), wait);
        return;
      }
      this.#sendOne(lane, now);
    }
  }

  #sendOne(lane: Lane, now: number): void {
    // To the back: the next one's turn.
    this.#lanes.delete(lane);
    const packet = lane.packets.shift();
    const { bytesPerSecond, delayMs } = this.#rules();
    this.#freeAt = Math.max(this.#freeAt, now) + ((packet?.length ?? 0) / bytesPerSecond) * 1000;
    const at = this.#freeAt + delayMs;
    if (packet === undefined) return this.#fly(at, () => lane.finish());
    this.#lanes.add(lane);
    lane.waiting -= packet.length;
    if (lane.waiting < MOST_WAITING) lane.goOn();
    this.#fly(at, () => lane.deliver(packet));
  }

  /** Whose turn it is: the first with something to send that may, else the one that may first. */
  #next(): Lane | null {
    const ready = [...this.#lanes].filter((lane) => lane.packets.length > 0 || lane.ended);
    const now = performance.now();
    const first = ready.find((lane) => lane.notBefore <= now);
    return first ?? ready.toSorted((a, b) => a.notBefore - b.notBefore)[0] ?? null;
  }

  #fly(at: number, arrive: () => void): void {
    if (at <= performance.now() && this.#flying.length === 0) return arrive();
    this.#flying.push({ at, arrive });
    this.#land();
  }

  #land(): void {
    if (this.#landing !== null) return;
    const first = this.#flying[0];
    if (first === undefined) return;
    this.#landing = setTimeout(() => {
      this.#landing = null;
      while (this.#flying[0] !== undefined && this.#flying[0].at <= performance.now() + 0.5)
        this.#flying.shift()?.arrive();
      this.#land();
    }, first.at - performance.now());
  }
}

/** A line without rules; set them when what is to be measured begins. */
export function openLine(): Line {
  const sockets = new Set<Socket>();
  const servers: ReturnType<typeof createServer>[] = [];
  const counts = { down: 0, up: 0, connections: 0 };
  const line: Line = {
    rules: UNTHROTTLED,
    get down() {
      return counts.down;
    },
    get up() {
      return counts.up;
    },
    get connections() {
      return counts.connections;
    },
    reset: () => void Object.assign(counts, { down: 0, up: 0, connections: 0 }),
    carry: async (target) => {
      const server = createServer((near) => join(near, target));
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    },
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map(async (server) => await new Promise((done) => server.close(done))));
    },
  };
  const down = new Way(() => line.rules);
  const up = new Way(() => line.rules);

  /** `from` gives bytes, `to` gets them later. */
  function link(way: Way, from: Socket, to: Socket, notBefore: number, count: 'down' | 'up'): void {
    const lane: Lane = {
      packets: [],
      waiting: 0,
      notBefore,
      ended: false,
      deliver: (packet) => {
        counts[count] += packet.length;
        if (to.writable) to.write(packet);
      },
      finish: () => to.end(),
      goOn: () => from.resume(),
    };
    way.open(lane);
    from.on('data', (data: Buffer) => {
      if (!way.push(lane, data)) from.pause();
    });
    from.on('end', () => way.end(lane));
    from.on('close', () => {
      if (from.readableEnded) return;
      way.drop(lane);
      to.destroy();
    });
  }

  function join(near: Socket, port: number): void {
    counts.connections += 1;
    const far = connect(port, '127.0.0.1');
    const handshake = performance.now() + 2 * line.rules.delayMs;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    link(up, near, far, handshake, 'up');
    link(down, far, near, 0, 'down');
  }
  return line;
}
