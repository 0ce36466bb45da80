import { en } from './en/later.ts';
import { es } from './es/later.ts';
import { defineTexts } from './text.ts';

/** Sending later and being reminded. */
export const laterTexts = defineTexts(en, es);
