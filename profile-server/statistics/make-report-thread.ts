import { parentPort, workerData } from 'node:worker_threads';
import { hideCells } from './hide-cells.ts';
import { packMonth } from './pack-month.ts';
import { tabulate, type UserUse } from './tabulate.ts';

const { users, least } = workerData as { users: readonly UserUse[]; least: number };
const use = tabulate(users, least);
const report = packMonth({ ...use, ...hideCells(use, least) });
parentPort?.postMessage(report, []);
