import { en } from './en/account.ts';
import { es } from './es/account.ts';
import { defineTexts } from './text.ts';

export const accountTexts = defineTexts(en, es);
