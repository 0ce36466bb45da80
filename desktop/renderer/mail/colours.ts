/** Number of account colours in the style sheet (`.hue-0` …). */
const COLOURS = 8;

/** The colour of an account: its own by its id, the next free one where two would have the same. It is the same on every PC. */
export function colourOf(accounts: readonly { id: string }[], id: string): number {
  const taken = new Map<number, string>();
  for (const account of accounts.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    let colour = colourOfAddress(account.id);
    for (let tries = 0; tries < COLOURS && taken.has(colour); tries += 1) colour = (colour + 1) % COLOURS;
    taken.set(colour, account.id);
    if (account.id === id) return colour;
  }
  return 0;
}

/** A colour for a person's initials, from the address. */
export function colourOfAddress(address: string): number {
  let sum = 0;
  for (const char of address.toLowerCase()) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 100_003;
  return sum % COLOURS;
}

/** A short name for an account's chip: the domain, where two share it what stands before the @, else all of it. */
export function chipName(accounts: readonly { id: string; email: string }[], id: string): string {
  const email = accounts.find((account) => account.id === id)?.email ?? '';
  const [local = '', domain = ''] = email.split('@');
  const others = accounts.filter((account) => account.id !== id).map((account) => account.email.split('@'));
  if (!others.some((other) => other[1] === domain)) return domain;
  return others.some((other) => other[0] === local) ? email : local;
}
