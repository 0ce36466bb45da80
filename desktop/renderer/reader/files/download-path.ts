import { storageServer } from '../../session/clients.ts';

/** Lets the browser download: the address lives for a minute and is answered as a file, never as a page. */
export async function downloadPath(path: string): Promise<void> {
  const { url } = await storageServer().mail.signUrl.mutate({ path });
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.rel = 'noreferrer';
  document.body.append(link);
  link.click();
  link.remove();
}
