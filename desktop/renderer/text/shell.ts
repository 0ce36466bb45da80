import { en } from './en/shell.ts';
import { es } from './es/shell.ts';
import { defineTexts } from './text.ts';

export const shellTexts = defineTexts(en, es);
