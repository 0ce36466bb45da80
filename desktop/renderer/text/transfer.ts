import { en } from './en/transfer.ts';
import { es } from './es/transfer.ts';
import { defineTexts } from './text.ts';

export const transferTexts = defineTexts(en, es);
