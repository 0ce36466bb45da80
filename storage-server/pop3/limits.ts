/** What a session may cost us. A server that goes beyond is refused with `protocol`, `timeout` or `too-large`. Sizes in bytes, times in ms. */
export interface Limits {
  /** One status line or one line of a listing; RFC 2449 section 4 says 512. Lines of messages have no limit. */
  line: number;
  /** All of one listing (UIDL, LIST, CAPA). */
  listing: number;
  /** One message; a longer one is left on the server. */
  message: number;
  /** Messages above this go to a file while they come in. */
  memory: number;
  /** RETR replies asked for and not yet handed over. */
  windowBytes: number;
  windowCommands: number;
  /** Of them, what has come and waits to be handed over. */
  waitingBytes: number;
  /** TCP, TLS and greeting, each. */
  connectMs: number;
  /** Longest time without progress: a whole reply, or a KiB of one. */
  idleMs: number;
  /** The whole session, whatever it brings. */
  sessionMs: number;
  /** How long a session may last before it has to have brought something, and what it earns by bytes and replies (deadline.ts). */
  startMs: number;
  bytesPerSecond: number;
  replyMs: number;
}

const MIB = 1 << 20;
const WAITING = 2 * MIB;
/** So many times what may wait here is asked for ahead: the rest is under way, as much as a fast line far away holds. */
export const AHEAD = 16;

export const DEFAULT_LIMITS: Limits = {
  line: 16 * 1024,
  listing: 64 * MIB,
  message: 256 * MIB,
  memory: MIB,
  windowBytes: AHEAD * WAITING,
  windowCommands: 512,
  waitingBytes: WAITING,
  connectMs: 20_000,
  idleMs: 60_000,
  sessionMs: 12 * 60 * 60_000,
  startMs: 10 * 60_000,
  bytesPerSecond: 2048,
  replyMs: 1000,
};
