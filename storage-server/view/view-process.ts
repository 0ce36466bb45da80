// A process of its own: what decodes files of strangers must not bring down or read what keeps the mail.
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { drawImage } from './draw-image.ts';
import { drawPages } from './draw-pages.ts';
import { ViewFailure } from './view-failure.ts';
import { VIEW_LIMITS, type DrawnPage, type ViewAnswer, type ViewRequest } from './view-protocol.ts';

sharp.cache(false);
sharp.concurrency(1);
// Nothing but these four ever opens a picture, whatever its bytes claim to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((name) => `VipsForeignLoad${name}Buffer`),
});

/** Memory of WebAssembly is nobody's heap, and while it works this thread cannot look: another one does. */
const WATCH = `const { workerData } = require('node:worker_threads');
setInterval(() => { if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL'); }, 50);`;
new Worker(WATCH, { eval: true, workerData: VIEW_LIMITS.memory }).unref();

let held: { key: string; bytes: Uint8Array } | null = null;

process.on('disconnect', () => process.exit(0));
process.on('message', (request: ViewRequest) => {
  const { call } = request;
  void draw(request).then(
    (drawn) => send({ call, ok: true, drawn }),
    (error: unknown) => {
      send({ call, ok: false, reason: error instanceof ViewFailure ? error.reason : 'view-broken' });
      // What went wrong inside of WebAssembly leaves it in a state that nobody knows.
      if (!(error instanceof ViewFailure)) setImmediate(() => process.exit(1));
    },
  );
});

async function draw({ key, kind, bytes, page, width }: ViewRequest): Promise<DrawnPage> {
  if (bytes !== null) held = { key, bytes };
  if (held?.key !== key) throw new Error('the file was not sent');
  return kind === 'image'
    ? await drawImage(held.bytes, page, width)
    : await drawPages(key, held.bytes, page, width);
}

function send(answer: ViewAnswer): void {
  process.send?.(answer);
}
