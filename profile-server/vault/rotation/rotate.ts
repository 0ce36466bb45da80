import { SECOND, type Millis } from '../../../common/time.ts';
import { repeat, sleep } from '../../../server-kit/repeat.ts';
import type { ProfileContext } from '../../context.ts';
import { readRoot } from '../master/open-master-key.ts';
import { listProcesses, removeDeadProcesses, type ProcessRecord } from '../process/process-store.ts';
import { shareOpened } from '../personal/share-opened.ts';
import { announce, leaveVault } from '../vault.ts';
import { renewDataKeys } from './renew-data-keys.ts';
import { endRotation, retireKey } from './end-rotation.ts';
import { CLAIM_LENGTH, moveRows } from './move-rows.ts';
import { mayMove, mayRetire } from './rotation-rule.ts';
import {
  claimRotation,
  findOpenRotation,
  findRotation,
  listRotations,
  lockRotations,
  setRotationState,
  type RotationRecord,
} from './rotation-store.ts';

/** Without a rotation; a hint is faster. */
const LOOK_EVERY: Millis = 2 * SECOND;
const WHILE_ROTATING: Millis = SECOND / 4;
const BEAT: Millis = 10 * SECOND;
/** An operator lays the new key into files while a rotation waits for it. */
const READ_KEYS_EVERY: Millis = 3 * SECOND;

/** Takes part in rotations, and does them where no other process does; says meanwhile that this process lives. Returns how to end it. */
export function startRotations(server: ProfileContext): () => Promise<void> {
  const rotator = new Rotator(server);
  const options = { log: server.log, event: 'rotation.failed', pause: () => SECOND };
  const running = repeat(server.stopping, options, async () => await rotator.step());
  return async () => {
    await running;
    // A database that has gone before has nobody in it that waits for this process.
    await leaveVault(server).catch((error: unknown) => server.log.warn('vault.not-left', { error }));
  };
}

class Rotator {
  readonly #server: ProfileContext;
  #beatAt: Millis = 0;
  #announced = '';
  #tidied = false;
  #readAt: Millis = 0;
  /** The one that was under way at the last look. */
  #open: RotationRecord | null = null;

  constructor(server: ProfileContext) {
    this.#server = server;
  }

  async step(): Promise<void> {
    const { db, hints, stopping } = this.#server;
    const listener = hints.listen('rotation');
    try {
      const rotation = await findOpenRotation(db.read, 'master');
      if (this.#open !== null && rotation?.id !== this.#open.id) await this.#settle(this.#open);
      this.#open = rotation ?? null;
      if (!this.#tidied && rotation === undefined) await this.#tidy();
      if (rotation !== undefined) await this.#takePart(rotation);
      await this.#beat();
      if (db.engine !== 'sqlite') await shareOpened(this.#server);
      const data = rotation === undefined ? await findOpenRotation(db.read, 'data') : undefined;
      if (data !== undefined && (await this.#claim(data))) await renewDataKeys(this.#server, data);
      const pause = rotation === undefined && data === undefined ? LOOK_EVERY : WHILE_ROTATING;
      await listener.next(pause, stopping);
    } finally {
      listener.close();
    }
  }

  async #takePart(rotation: RotationRecord): Promise<void> {
    const { vault, log } = this.#server;
    await this.#findKey(rotation);
    if (rotation.state === 'moving' && vault.ring.sealing !== rotation.to_key) {
      if (!vault.ring.knows(rotation.to_key))
        return log.error('rotation.key-unknown', { error: rotation.to_key });
      vault.ring.sealWith(rotation.to_key);
      vault.sealsSince = this.#server.clock.now();
    }
    await this.#beat();
    if (rotation.state === 'waiting') return await this.#begin(rotation);
    if (!(await this.#claim(rotation))) return;
    const began = this.#server.clock.now();
    const { found } = await moveRows(this.#server, rotation);
    const look = { began: rotation.place === null ? began : Number.NEGATIVE_INFINITY, found };
    if (mayRetire(await this.#list(), rotation.to_key, look)) await endRotation(this.#server, rotation);
    else await sleep(WHILE_ROTATING, this.#server.stopping);
  }

  async #begin(rotation: RotationRecord): Promise<void> {
    const { db, log } = this.#server;
    if (!mayMove(await this.#list(), rotation)) return;
    const begun = await db.write(async (tx) => {
      // Nobody joins between the look and the change.
      await lockRotations(tx);
      if (!mayMove(await listProcesses(tx, this.#now()), rotation)) return false;
      return await setRotationState(tx, rotation.id, { from: 'waiting', to: 'moving', endedAt: null });
    });
    if (begun) log.info('rotation.moving', { rotation: rotation.id, key: rotation.to_key });
    this.#server.hints.give('rotation');
  }

  /** It is over: what the database says now is said here too. */
  async #settle(before: RotationRecord): Promise<void> {
    const { db, vault } = this.#server;
    const now = await findRotation(db.read, before.id);
    await readRoot(db, vault.ring);
    vault.sealsSince = this.#now();
    if (now?.state === 'done') await retireKey(this.#server, now);
  }

  /** Of rotations that ended just before this process did: their old keys still stand in the file. */
  async #tidy(): Promise<void> {
    const { db, vault } = this.#server;
    for (const rotation of await listRotations(db.read)) {
      const done = rotation.kind === 'master' && rotation.state === 'done';
      if (done && rotation.from_key !== vault.ring.sealing) await retireKey(this.#server, rotation);
    }
    this.#tidied = true;
  }

  async #findKey(rotation: RotationRecord): Promise<void> {
    const { ring, source } = this.#server.vault;
    if (ring.knows(rotation.to_key) || this.#now() - this.#readAt < READ_KEYS_EVERY) return;
    this.#readAt = this.#now();
    for (const key of await source.read()) ring.add(key);
  }

  async #beat(): Promise<void> {
    const { db, vault } = this.#server;
    const now = this.#now();
    const said = `${vault.ring.ids.join(' ')} ${vault.ring.sealing}`;
    // On SQLite there is nobody else to know that this process lives.
    const due = db.engine !== 'sqlite' || this.#open !== null;
    if (said === this.#announced && !(due && now - this.#beatAt >= BEAT)) return;
    await db.write(async (tx) => {
      await announce(tx, vault, now);
      await removeDeadProcesses(tx, now - 60 * BEAT);
    });
    this.#beatAt = now;
    this.#announced = said;
  }

  async #claim(rotation: RotationRecord): Promise<boolean> {
    const now = this.#now();
    const claim = { worker: this.#server.vault.process.id, now, until: now + CLAIM_LENGTH };
    return await this.#server.db.write(async (tx) => await claimRotation(tx, rotation.id, claim));
  }

  /** Those that live; on SQLite this one alone, however long it was silent. */
  async #list(): Promise<ProcessRecord[]> {
    const { db, vault } = this.#server;
    const processes = await listProcesses(db.read, db.engine === 'sqlite' ? 0 : this.#now());
    return db.engine === 'sqlite' ? processes.filter(({ id }) => id === vault.process.id) : processes;
  }

  #now(): Millis {
    return this.#server.clock.now();
  }
}
