export const DKIM_ALGORITHMS = ['rsa', 'ed25519'] as const;
export type DkimAlgorithm = (typeof DKIM_ALGORITHMS)[number];

/** A key that signs mail of a domain (RFC 6376, RFC 8463), without its secret. */
export interface DkimKeyFacts {
  domain: string;
  selector: string;
  algorithm: DkimAlgorithm;
  madeAt: string;
  /** The TXT record that its domain has to publish. */
  record: { name: string; value: string };
}
