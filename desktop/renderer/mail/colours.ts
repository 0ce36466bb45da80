/** Number of account colours in the style sheet (`.hue-0` …). */
const COLOURS = 8;

/** The colour of an account by its place in the profile, so that the first eight differ; it is the same on every PC. */
export function colourOf(accounts: readonly { id: string }[], id: string): number {
  const at = accounts.findIndex((account) => account.id === id);
  return at === -1 ? 0 : at % COLOURS;
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
