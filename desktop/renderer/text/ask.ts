import { en } from './en/ask.ts';
import { es } from './es/ask.ts';
import { defineTexts } from './text.ts';

export const askTexts = defineTexts(en, es);
