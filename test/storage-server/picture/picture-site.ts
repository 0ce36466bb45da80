import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

/** A web server of strangers with pictures good and bad; `asked` is what it was asked, in order. */
export interface PictureSite {
  url: string;
  asked: { path: string; headers: IncomingHttpHeaders }[];
  stop(): Promise<void>;
}

async function makePng(width: number, height: number): Promise<Buffer> {
  return await sharp({ create: { width, height, channels: 3, background: '#2a7' } })
    .png()
    .toBuffer();
}

/** A PNG that claims to be so large and holds nothing. */
async function makeBomb(side: number): Promise<Buffer> {
  const png = await makePng(4, 4);
  png.writeUInt32BE(side, 16);
  png.writeUInt32BE(side, 20);
  return png;
}

export async function startPictureSite(): Promise<PictureSite> {
  const files = new Map<string, { type: string; body: Buffer }>([
    ['/a.png', { type: 'image/png', body: await makePng(300, 200) }],
    ['/b.png', { type: 'image/png', body: await makePng(40, 20) }],
    ['/wide.png', { type: 'image/png', body: await makePng(4000, 100) }],
    ['/lying.png', { type: 'text/html', body: await makePng(30, 30) }],
    ['/counter.png', { type: 'image/png', body: await makePng(1, 1) }],
    ['/line.png', { type: 'image/png', body: await makePng(600, 1) }],
    ['/bomb.png', { type: 'image/png', body: await makeBomb(60_000) }],
    ['/half.png', { type: 'image/png', body: (await makePng(300, 200)).subarray(0, 60) }],
    ['/a.svg', { type: 'image/png', body: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') }],
    ['/page', { type: 'image/png', body: Buffer.from('<html><script>alert(1)</script>') }],
    ['/large.png', { type: 'image/png', body: Buffer.concat([await makePng(3, 3), Buffer.alloc(11 << 20)]) }],
  ]);
  const asked: PictureSite['asked'] = [];
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://site');
    asked.push({ path: url.pathname + url.search, headers: req.headers });
    const to = url.searchParams.get('to');
    const file = files.get(url.pathname);
    if (to !== null) res.writeHead(302, { location: to, 'set-cookie': 'who=ana' }).end();
    else if (url.pathname === '/slow') return;
    else if (file === undefined) res.writeHead(404).end();
    else res.writeHead(200, { 'content-type': file.type, 'set-cookie': 'who=ana' }).end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
