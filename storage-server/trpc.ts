import { makeTrpc } from '../server-kit/trpc.ts';
import type { StorageContext } from './context.ts';

export const t = makeTrpc<StorageContext>();
