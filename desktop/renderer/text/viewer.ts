import { en } from './en/viewer.ts';
import { es } from './es/viewer.ts';
import { defineTexts } from './text.ts';

export const viewerTexts = defineTexts(en, es);
