import { readFile } from 'node:fs/promises';
import type { Settings } from '../settings.ts';

/** The PEM texts of the certificate chain and its key; null where there is no TLS. */
export async function readTlsFiles(files: Settings['tls']): Promise<{ cert: string; key: string } | null> {
  if (files === null) return null;
  const [cert, key] = await Promise.all([readFile(files.certFile, 'utf8'), readFile(files.keyFile, 'utf8')]);
  return { cert, key };
}
