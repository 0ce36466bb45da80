import { en } from './en/history.ts';
import { es } from './es/history.ts';
import { defineTexts } from './text.ts';

export const historyTexts = defineTexts(en, es);
