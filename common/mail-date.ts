/** A time as header fields hold it (RFC 5322 3.3), in UTC. */
export function formatMailDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
