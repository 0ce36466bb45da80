import { parentPort } from 'node:worker_threads';
import { dictionary } from '@zxcvbn-ts/language-common';
import { sortFingerprints } from './fingerprint.ts';

const prints = sortFingerprints(dictionary['passwords-common']);
parentPort?.postMessage(prints, [prints.buffer]);
