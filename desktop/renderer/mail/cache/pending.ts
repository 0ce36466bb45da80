/** Mails with a change of this client under way, and how many each. */
class Pending {
  #counts = new Map<string, number>();
  #touched = new Set<string>();

  /** From now on it is noted which mails this client changes. */
  beginNoting(): void {
    this.#touched = new Set(this.#counts.keys());
  }

  /** Whether a change was under way at any moment since then: what the server said meanwhile may be older. */
  wasTouched(id: string): boolean {
    return this.#touched.has(id);
  }

  add(ids: readonly string[]): void {
    for (const id of ids) {
      this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
      this.#touched.add(id);
    }
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      const left = (this.#counts.get(id) ?? 0) - 1;
      if (left > 0) this.#counts.set(id, left);
      else this.#counts.delete(id);
    }
  }
}

export const pendingIds = new Pending();
