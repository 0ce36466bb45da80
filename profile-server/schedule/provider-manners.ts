/** Seconds that a provider demands between two logins; polling more often locks the user out there. */
const LOGIN_GAP: Record<string, number> = {
  'pop3.web.de': 720,
};

/** Smallest gap between two polls of any account. */
export const SMALLEST_GAP_SECONDS = 5;

export function findLoginGap(host: string): number {
  return LOGIN_GAP[host.toLowerCase()] ?? SMALLEST_GAP_SECONDS;
}

/** Seconds between periodic polls: the user's interval unless the provider wants more. */
export function decideWait(host: string, interval: number): number {
  return Math.max(interval, findLoginGap(host));
}
