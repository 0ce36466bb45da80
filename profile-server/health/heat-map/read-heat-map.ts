import type { HeatMap } from '../../../common/shapes/health.ts';
import type { ProfileContext } from '../../context.ts';
import type { Reach } from '../../group/reach.ts';
import { countHosts } from '../health-store.ts';
import { drawHeatMap, firstHour } from './heat-map.ts';
import { listHours } from './poll-hour-store.ts';

/** The heat map of all within a reach; what this process counted in the last seconds is written first. */
export async function readHeatMap(
  server: Pick<ProfileContext, 'db' | 'clock' | 'pollHours'>,
  reach: Reach,
): Promise<HeatMap> {
  await server.pollHours.flush();
  const now = server.clock.now();
  const groups = reach.all ? null : reach.groups;
  const hours = await listHours(server.db.read, firstHour(now), groups);
  return drawHeatMap(hours, await countHosts(server.db.read, groups, now), now);
}
