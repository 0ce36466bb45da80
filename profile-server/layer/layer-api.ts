import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { layerOf, layerPart, lockReason, type LayerView } from '../../common/shapes/layer.ts';
import { trpc } from '../trpc.ts';
import { changeLayer } from './change-layer.ts';
import { demandPlace, demandReachOfPlace } from './demand-place.ts';
import { viewLayer } from './view-layer.ts';

const MAX_VALUE = 500_000;

/** For organisation admins, and for group admins of their groups. */
export const layerRouter = trpc.router({
  list: trpc.user
    .input(
      z.object({
        of: layerOf,
        part: layerPart.nullable().default(null),
        after: z.string().max(100).default(''),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .query(async ({ ctx: { server, caller }, input }): Promise<LayerView> => {
      await demandReachOfPlace(server.db.read, caller, input.of);
      await demandPlace(server.db.read, input.of);
      return await viewLayer(server.db.read, input);
    }),
  change: trpc.user
    .input(
      z.object({
        of: layerOf,
        part: layerPart,
        id: id.nullable(),
        base: z.number().int().min(0).nullable(),
        value: z.json().refine((value) => JSON.stringify(value).length <= MAX_VALUE, 'too large'),
        locked: lockReason,
      }),
    )
    .mutation(async ({ ctx: { server, caller }, input }) => {
      await demandReachOfPlace(server.db.read, caller, input.of);
      return await changeLayer(server, caller.user, { ...input, value: input.value ?? null });
    }),
});
