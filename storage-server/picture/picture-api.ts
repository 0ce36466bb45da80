import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { MINUTE } from '../../common/time.ts';
import { trpc } from '../trpc.ts';
import { listPictures } from './list-pictures.ts';

/** `source` as it stands in the mail, `url` where this server shows it. */
export interface SignedPicture {
  source: string;
  url: string;
}

/** A mail of many pictures is loaded a few at a time, some of them from slow servers. */
const PICTURE_WITHIN = 10 * MINUTE;

export const pictureRouter = trpc.router({
  /** Addresses for the pictures of one mail that are elsewhere; those that only count readers are left out. */
  sign: trpc.user
    .input(z.object({ mail: id }))
    .mutation(async ({ ctx, input }): Promise<{ pictures: SignedPicture[] }> => {
      const { user, session } = ctx.caller;
      const { html } = await ctx.mails.show(user, input.mail);
      const shown = listPictures(html ?? '').filter(({ tracker }) => tracker === null);
      const pictures = shown.map(({ source, address }) => {
        const target = new URL(`/picture/${input.mail}`, ctx.settings.storageUrl);
        target.searchParams.set('address', address);
        return { source, url: ctx.signer.sign(target, { user, session }, PICTURE_WITHIN).href };
      });
      return { pictures };
    }),
});
