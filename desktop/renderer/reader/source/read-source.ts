import { callHttp } from '../../session/call-http.ts';

/** Bytes that are shown; more of it is for a file. */
const MOST_SHOWN = 512 * 1024;

export interface Source {
  text: string;
  /** Bytes. */
  shown: number;
  all: number;
}

/** The first bytes of a mail as it was received; what is no UTF-8 shows as replacement characters. */
export async function readSource(mail: string, signal: AbortSignal): Promise<Source> {
  const headers = { range: `bytes=0-${MOST_SHOWN - 1}` };
  const response = await callHttp('storage', `/mail/${mail}/raw`, { headers, signal });
  const bytes = await response.arrayBuffer();
  const all = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? bytes.byteLength);
  return { text: new TextDecoder().decode(bytes), shown: bytes.byteLength, all };
}
