import { z } from 'zod';
import { accountSettings } from '../../common/shapes/account.ts';
import type { Discovery } from '../../common/shapes/discovery.ts';
import { trpc } from '../trpc.ts';
import { discover } from './discover.ts';

const input = z.object({ email: accountSettings.shape.email });

export const discoverRouter = trpc.router({
  /** Settings for an e-mail address, best first; nothing secret is asked for, sent or stored. */
  find: trpc.user.input(input).mutation(async ({ input }): Promise<Discovery> => await discover(input.email)),
});
