import { en } from './en/programs.ts';
import { es } from './es/programs.ts';
import { defineTexts } from './text.ts';

/** Other programs and their app passwords. */
export const programTexts = defineTexts(en, es);
