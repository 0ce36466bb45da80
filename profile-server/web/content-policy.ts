/**
 * Content-Security-Policy of the client's page: scripts and styles of our own only, and talk to the
 * named servers only. React sets styles through the CSSOM, which needs no 'unsafe-inline'.
 */
export function makePagePolicy(servers: readonly string[]): string {
  const connect = ["'self'", ...new Set(servers.map((server) => new URL(server).origin))].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Of the blank page that shows the HTML of a mail: no scripts, nothing from anywhere, only our own page around it. */
export const FRAME_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  "font-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');
