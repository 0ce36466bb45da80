import type { HistoryActor } from '../../common/history-actor.ts';

/** As whose act the history has what a layer changed. */
export const LAYER_SESSION: HistoryActor = 'layer';
