import { MailError } from '../../common/errors.ts';
import type { Trust } from '../../server-kit/auth/trust.ts';
import type { Route } from '../../server-kit/http/server.ts';
import type { UrlSigner } from '../mail/signed-url.ts';
import type { Pictures } from './make-pictures.ts';

interface RouteCore {
  pictures: Pick<Pictures, 'open'>;
  signer: UrlSigner;
  trust: Pick<Trust, 'isLive'>;
}

const HEADERS = {
  'cache-control': 'no-store',
  // As an address of its own it is no page; in an `img` this says nothing.
  'content-disposition': 'attachment; filename="picture.webp"',
  'content-security-policy': "sandbox; default-src 'none'",
  'content-type': 'image/webp',
  // The desktop app is another site than its servers; the signature says who may see it.
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** GET /picture/ID?address=…: a picture that a mail wants from elsewhere, by signed URL only. */
export function makePictureRoutes(core: RouteCore): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/picture\/([\w-]{1,64})$/,
      open: true,
      handle: async ({ req, res, url }) => {
        const signed = core.signer.check(url, false);
        if (signed === null) throw new MailError('not-signed-in', 'only signed addresses');
        if (!core.trust.isLive(signed.session, signed.user)) {
          throw new MailError('not-signed-in', 'session was ended', { reason: 'session-ended' });
        }
        const picture = await core.pictures.open(signed.user, url.searchParams.get('address') ?? '');
        if (!core.trust.isLive(signed.session, signed.user)) {
          throw new MailError('not-signed-in', 'session was ended', { reason: 'session-ended' });
        }
        res.writeHead(200, { ...HEADERS, 'content-length': picture.length });
        if (req.method === 'HEAD') res.end();
        else res.end(picture);
      },
    },
  ];
}
