/** Of one name no more addresses are tried: whoever publishes fifty that swallow everything would hold us for long. */
const MOST_ADDRESSES = 5;

/** Which addresses of a name are tried, in this order: both families in turn, so that one that leads nowhere hides no other. */
export function chooseAddresses<T extends { family: 4 | 6 }>(found: readonly T[]): T[] {
  const first = found[0]?.family;
  const own = found.filter(({ family }) => family === first);
  const other = found.filter(({ family }) => family !== first);
  const mixed = own.flatMap((address, index) => [address, ...other.slice(index, index + 1)]);
  return [...mixed, ...other.slice(own.length)].slice(0, MOST_ADDRESSES);
}
