import { en } from './en/offline.ts';
import { es } from './es/offline.ts';
import { defineTexts } from './text.ts';

export const offlineTexts = defineTexts(en, es);
