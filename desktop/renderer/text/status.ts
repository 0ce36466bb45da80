import { en } from './en/status.ts';
import { es } from './es/status.ts';
import { defineTexts } from './text.ts';

export const statusTexts = defineTexts(en, es);
