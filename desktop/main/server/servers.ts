import type { KeptSettingsFile } from '../settings/kept-settings.ts';
import type { MergedSettings } from '../settings/managed-settings.ts';

/** Which servers this client talks to: the profile-server and those that it names. */
export class Servers {
  readonly #settings: Pick<MergedSettings, 'server' | 'serverLocked'>;
  readonly #kept: KeptSettingsFile;
  readonly #ask: (server: string) => Promise<string[] | null>;
  /** Typed in this run: stronger than what the program was started with, weaker than a policy. */
  #chosen: string | null = null;
  #others: string[];

  constructor(
    settings: Pick<MergedSettings, 'server' | 'serverLocked'>,
    kept: KeptSettingsFile,
    ask: (server: string) => Promise<string[] | null>,
  ) {
    this.#settings = settings;
    this.#kept = kept;
    this.#ask = ask;
    this.#others = kept.now.server === this.server ? kept.now.servers : [];
  }

  /** The profile-server; null until somebody names one. */
  get server(): string | null {
    return this.#chosen ?? this.#settings.server;
  }

  get isLocked(): boolean {
    return this.#settings.serverLocked;
  }

  /** All of them, for the page's policy. */
  list(): string[] {
    return [...new Set([...(this.server === null ? [] : [this.server]), ...this.#others])];
  }

  /** Whether the others are known, if only from the last time. */
  get isComplete(): boolean {
    return this.server === null || this.#others.length > 0;
  }

  /** Takes the server that the person named; false when a policy says another one. */
  choose(server: string): boolean {
    if (server === this.server) return true;
    if (this.isLocked) return false;
    this.#chosen = server;
    this.#others = [];
    this.#kept.change({ server, servers: [] });
    return true;
  }

  /** Asks the profile-server for the others. `known`: it answered; `changed`: the list is not what it was. */
  async refresh(): Promise<{ known: boolean; changed: boolean }> {
    const { server } = this;
    if (server === null) return { known: true, changed: false };
    const found = await this.#ask(server);
    if (found === null || server !== this.server) return { known: false, changed: false };
    const before = this.list().toSorted().join(' ');
    this.#others = found.filter((one) => one !== server);
    const changed = before !== this.list().toSorted().join(' ');
    if (changed) this.#kept.change({ server, servers: this.#others });
    return { known: true, changed };
  }
}
