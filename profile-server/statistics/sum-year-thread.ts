import { parentPort, workerData } from 'node:worker_threads';
import { packMonth, unpackMonth } from './pack-month.ts';
import { sumYear } from './sum-year.ts';

const months = (workerData as readonly string[]).map(unpackMonth);
parentPort?.postMessage(packMonth({ ...sumYear(months), patterns: [] }), []);
