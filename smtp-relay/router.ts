import { controlRouter } from './queue/control/control-api.ts';
import { queueRouter } from './queue/queue-api.ts';
import { resultRouter } from './result/result-api.ts';
import { routeRouter } from './route/route-api.ts';
import { limitRouter } from './submission/limit/limit-api.ts';
import { suppressionRouter } from './suppression/suppression-api.ts';
import { trpc } from './trpc.ts';

/** The API of the smtp-relay. Other parts import only its type. */
export const router = trpc.router({
  control: controlRouter,
  limit: limitRouter,
  queue: queueRouter,
  result: resultRouter,
  route: routeRouter,
  suppression: suppressionRouter,
});
export type RelayRouter = typeof router;
