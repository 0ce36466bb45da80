import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { roomName, type LabLog, type LabRoom } from '../../common/shapes/lab.ts';
import { demandReach } from '../group/reach.ts';
import { trpc } from '../trpc.ts';
import type { RoomRule } from './find-place.ts';
import { dropRoom, setRoom, showLogIns, showRooms } from './rooms.ts';

/** Who signed in where, for those who look after computers that many people use. */
export const labRouter = trpc.router({
  rooms: trpc.user.query(async ({ ctx: { server, caller } }): Promise<{ rooms: LabRoom[] }> => ({
    rooms: await showRooms(server, await demandReach(server, caller)),
  })),
  log: trpc.user
    .input(
      z.object({
        room: z.string().max(100).nullish(),
        /** As the computer calls itself, or its address. */
        pc: z.string().max(100).nullish(),
        user: id.nullish(),
        limit: z.number().int().min(1).max(200).default(50),
        after: z.string().max(100).nullish(),
      }),
    )
    .query(
      async ({ ctx: { server, caller }, input }): Promise<LabLog> =>
        await showLogIns(server, await demandReach(server, caller), {
          room: input.room ?? null,
          pc: input.pc ?? null,
          user: input.user ?? null,
          limit: input.limit,
          after: input.after ?? null,
        }),
    ),
  setRoom: trpc.admin
    .input(
      z.object({
        name: roomName,
        networks: z.array(z.string().max(60)).max(100),
        forced: z.boolean().default(false),
      }),
    )
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<RoomRule> =>
        await setRoom(server, caller.user, input),
    ),
  removeRoom: trpc.admin
    .input(z.object({ name: z.string().max(100) }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await dropRoom(server, caller.user, input.name);
      return {};
    }),
});
