import { en } from './en/bulk.ts';
import { es } from './es/bulk.ts';
import { defineTexts } from './text.ts';

export const bulkTexts = defineTexts(en, es);
