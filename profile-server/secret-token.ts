/** 256 random bits, base64url, for what programs show again: states, challenges, keys of webhooks. */
export function makeSecretToken(random: (size: number) => Uint8Array): string {
  return Buffer.from(random(32)).toString('base64url');
}
