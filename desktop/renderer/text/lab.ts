import { en } from './en/lab.ts';
import { es } from './es/lab.ts';
import { defineTexts } from './text.ts';

export const labTexts = defineTexts(en, es);
