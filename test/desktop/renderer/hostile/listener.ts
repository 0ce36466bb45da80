import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import type { ClientRig } from '../client-rig.ts';

/** A server that nobody should ever talk to. */
export interface Listener {
  url: string;
  /** Paths that were asked for. */
  hits: string[];
  close(): void;
}

export async function startListener(): Promise<Listener> {
  const hits: string[] = [];
  const server = createServer((req, res) => {
    hits.push(req.url ?? '');
    res.writeHead(200, { 'access-control-allow-origin': '*' }).end('owned');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { hits, url, close: () => server.close() };
}

/**
 * Notes every request of the page to another host than ours, and each window and question that opens. A request that a policy stops
 * is told as one that failed by it; it never left the browser.
 */
export function watchPage(page: Page, rig: Pick<ClientRig, 'system'>): string[] {
  const noted: string[] = [];
  const own = new Set(
    [rig.system.ready.web, rig.system.ready.storage].map((url) => new URL(url ?? '').origin),
  );
  const isOutside = (url: string): boolean => !/^(?:data|blob):/.test(url) && !own.has(new URL(url).origin);
  page.on('response', (response) => {
    if (isOutside(response.url())) noted.push(response.url());
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (isOutside(request.url()) && !/^(?:csp|origin)$/.test(why)) noted.push(`${request.url()} ${why}`);
  });
  page.on('dialog', (dialog) => {
    noted.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.context().on('page', (other) => noted.push(`a window: ${other.url()}`));
  return noted;
}
