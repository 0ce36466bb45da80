/**
 * Chromium knows no scheme of ours, so the page lives at an http address that it trusts like one (*.localhost is a secure
 * context). Everything that main, preload or a server sees is translated back.
 */
export const PAGE_ORIGIN = 'http://valija-app.localhost';
const APP = 'valija://app';

export function toPage(url: string): string {
  return url.startsWith(`${APP}/`) ? PAGE_ORIGIN + url.slice(APP.length) : url;
}

export function toApp(url: string): string {
  return url === PAGE_ORIGIN || url.startsWith(`${PAGE_ORIGIN}/`) ? APP + url.slice(PAGE_ORIGIN.length) : url;
}

/** As WebFrameMain.origin says it. */
export function originOf(url: string): string {
  if (url === PAGE_ORIGIN || url.startsWith(`${PAGE_ORIGIN}/`)) return APP;
  return URL.canParse(url) ? new URL(url).origin : 'null';
}
