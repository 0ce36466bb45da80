// A process of its own: what decodes bytes of strangers must not bring down or read what keeps the mail.
import sharp from 'sharp';
import { LIMITS, type DrawAnswer, type DrawRequest } from './draw-protocol.ts';

sharp.cache(false);
sharp.concurrency(1);
// Nothing but these four ever opens a picture, whatever its bytes claim to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((name) => `VipsForeignLoad${name}Buffer`),
});

process.on('disconnect', () => process.exit(0));
process.on('message', ({ call, bytes }: DrawRequest) => {
  void draw(bytes).then(
    (answer) => send({ call, ...answer }),
    () => send({ call, ok: false, reason: 'picture' }),
  );
});

function send(answer: DrawAnswer): void {
  process.send?.(answer);
}

/** The first frame, upright, in sRGB, no larger than is shown, without anything that was written beside the pixels. */
async function draw(bytes: Uint8Array) {
  const picture = sharp(bytes, {
    limitInputPixels: LIMITS.pixels,
    sequentialRead: true,
    pages: 1,
    failOn: 'error',
  });
  const { width, height } = await picture.metadata();
  if (width <= LIMITS.counter && height <= LIMITS.counter) {
    return { ok: false, reason: 'picture-counter' } as const;
  }
  const drawn = await picture
    .autoOrient()
    .resize({ ...LIMITS.box, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 84, effort: 2, smartSubsample: true })
    .timeout({ seconds: LIMITS.seconds })
    .toBuffer();
  return { ok: true, bytes: new Uint8Array(drawn) } as const;
}
