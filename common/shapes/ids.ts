import { z } from 'zod';
import { ID_PATTERN } from '../ids.ts';

export const id = z.string().regex(ID_PATTERN);
export const ids = z.array(id).min(1).max(10_000);
