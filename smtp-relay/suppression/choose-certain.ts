/** A recipient that failed, and what was said of it. */
interface Failed {
  address: string;
  state: string;
  serverLine: string | null;
}

/**
 * Of what became of the recipients of one delivery, what is said of an address for certain. After the data a server has one
 * answer for all of them, so an answer that several share tells of one of them only: of the one that it names.
 */
export function chooseCertain<T extends Failed>(decided: readonly T[]): T[] {
  const failed = decided.filter(({ state }) => state === 'failed');
  return decided.filter((one) => {
    if (one.state !== 'failed') return true;
    const shared = failed.filter(({ serverLine }) => serverLine === one.serverLine).length > 1;
    return !shared || names(one.serverLine, one.address);
  });
}

function names(line: string | null, address: string): boolean {
  return line?.toLowerCase().includes(address.toLowerCase()) ?? false;
}
