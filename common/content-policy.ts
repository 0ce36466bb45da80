/**
 * Content-Security-Policy of the client's page, in the browser and in the desktop app: scripts and styles
 * of our own only, and talk to these servers' origins only. Preact sets styles through the CSSOM, which
 * needs no 'unsafe-inline'. `page`: the page itself, whose own script and style the build wrote into it with their hashes.
 */
export function makePagePolicy(origins: readonly string[], page: string): string {
  return [
    "default-src 'none'",
    `script-src 'self'${nameOwn('script', page)}`,
    `style-src 'self'${nameOwn('style', page)}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...new Set(origins)].join(' '),
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function nameOwn(kind: 'script' | 'style', page: string): string {
  const hash = new RegExp(`<${kind} data-hash="(sha256-[\\w+/]+=)">`).exec(page)?.[1];
  return hash === undefined ? '' : ` '${hash}'`;
}

/** Where storage-servers show pictures from elsewhere, below their origin; nothing else stands there. */
const PICTURES = '/picture/';

/**
 * Of the blank page that shows the HTML of a mail: no scripts, nothing from anywhere but the pictures that a storage-server
 * (by its origin) has drawn anew, only our own page around it.
 */
export function makeFramePolicy(origins: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    ['img-src data: blob:', ...new Set(origins.map((origin) => origin + PICTURES))].join(' '),
    "font-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}
