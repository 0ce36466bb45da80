import { en } from './en/admin-watch.ts';
import { es } from './es/admin-watch.ts';
import { defineTexts } from './text.ts';

export const adminWatchTexts = defineTexts(en, es);
