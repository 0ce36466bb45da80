import { en } from './en/search.ts';
import { es } from './es/search.ts';
import { defineTexts } from './text.ts';

export const searchTexts = defineTexts(en, es);
