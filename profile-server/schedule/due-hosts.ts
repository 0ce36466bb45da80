import { SECOND, type Millis } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { listHosts } from './due-store.ts';

/** Another profile-server on the same database may have made something due. */
const LOOK_AGAIN = 5 * SECOND;
/** Looking costs at most this part of the time, however many hosts there are. */
const LOOKING_SHARE = 50;

interface HostState {
  /** Nothing of it is due before. */
  next: Millis;
  /** Since when something is due that its places do not allow; null when all that is due could be had. */
  held: Millis | null;
}

interface HomeState {
  hosts: Map<string, HostState>;
  /** When to read all hosts again (performance.now). */
  staleAt: number;
  /** Accounts were changed while the hosts were read. */
  forgotten: boolean;
  /** Told while they are being read. */
  told: [host: string, at: Millis][] | null;
}

/**
 * Which hosts have something due, so that a claim need not look at all that is due. A hint only, rebuilt from the
 * database every few seconds: what is due and who polls it is decided there.
 */
export class DueHosts {
  readonly #homes = new Map<string, HomeState>();
  readonly #troubles = new Map<string, number>();

  /** Reads the hosts of a home if what is known of them is old, or `anyway`. */
  async look(reader: Reader, home: string, anyway: boolean): Promise<void> {
    const state = this.#stateOf(home);
    if (!anyway && performance.now() < state.staleAt) return;
    const begun = performance.now();
    state.told = [];
    state.forgotten = false;
    state.staleAt = begun + LOOK_AGAIN;
    const rows = await listHosts(reader, home);
    state.hosts = new Map(rows.map(({ host, next_at }) => [host, { next: next_at, held: null }]));
    for (const [host, at] of state.told ?? []) this.#lower(state, host, at);
    state.told = null;
    const ended = performance.now();
    state.staleAt = state.forgotten ? 0 : ended + Math.max(LOOK_AGAIN, (ended - begun) * LOOKING_SHARE);
  }

  /** What may have something due at `now`: that waits longest first. */
  list(home: string, now: Millis): string[] {
    const due = [...this.#stateOf(home).hosts].filter(([, { next }]) => next <= now);
    return due.sort(([, a], [, b]) => a.next - b.next).map(([host]) => host);
  }

  /** When something becomes due, also in the past; null when nothing will. */
  findNext(home: string): Millis | null {
    let first: Millis | null = null;
    for (const { next } of this.#stateOf(home).hosts.values())
      if (first === null || next < first) first = next;
    return first;
  }

  /** What a claim has seen of a host. */
  set(home: string, host: string, seen: { next: Millis | null; held: Millis | null }): void {
    const { hosts } = this.#stateOf(home);
    if (seen.next === null) hosts.delete(host);
    else hosts.set(host, { next: seen.next, held: seen.held });
  }

  /** An account at this host is due then. */
  tell(home: string | null, host: string, at: Millis | null): void {
    if (home === null || at === null) return;
    const state = this.#stateOf(home);
    state.told?.push([host, at]);
    this.#lower(state, host, at);
  }

  /** A session at this host has ended: there is a place again. */
  free(home: string, host: string): void {
    const state = this.#stateOf(home).hosts.get(host);
    if (state?.held === null || state === undefined) return;
    state.next = Math.min(state.next, state.held);
    state.held = null;
  }

  /** Accounts were changed: the next claim reads all hosts again. */
  forget(): void {
    for (const state of this.#homes.values()) {
      state.staleAt = 0;
      state.forgotten = true;
    }
  }

  /** How a session at the host went, as far as the host is to blame. */
  note(host: string, result: 'answered' | 'silent'): void {
    if (result === 'answered') this.#troubles.delete(host);
    else this.#troubles.set(host, (this.#troubles.get(host) ?? 0) + 1);
  }

  /** Sessions in a row to which it did not answer. */
  countTroubles(host: string): number {
    return this.#troubles.get(host) ?? 0;
  }

  #stateOf(home: string): HomeState {
    let state = this.#homes.get(home);
    if (state === undefined)
      this.#homes.set(home, (state = { hosts: new Map(), staleAt: 0, forgotten: false, told: null }));
    return state;
  }

  #lower(state: HomeState, host: string, at: Millis): void {
    const known = state.hosts.get(host);
    if (known === undefined) state.hosts.set(host, { next: at, held: null });
    else known.next = Math.min(known.next, at);
  }
}
