/** Seconds that a provider demands between two logins; polling more often locks the user out there. */
const LOGIN_GAP: Record<string, number> = {
  'pop3.web.de': 720,
};

/** Without a known demand the user may check as often as he likes: the lease on the maildrop already makes one wait for the other. */
const NO_GAP_SECONDS = 0;

/** Seconds that the provider wants between sign-ins; 0 where none is known. */
export function findLoginGap(host: string): number {
  return LOGIN_GAP[host.toLowerCase()] ?? NO_GAP_SECONDS;
}

/** Seconds between periodic polls: the user's interval unless the provider wants more. */
export function decideWait(host: string, interval: number): number {
  return Math.max(interval, findLoginGap(host));
}
