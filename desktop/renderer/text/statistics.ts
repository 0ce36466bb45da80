import { en } from './en/statistics.ts';
import { es } from './es/statistics.ts';
import { defineTexts } from './text.ts';

export const statisticsTexts = defineTexts(en, es);
