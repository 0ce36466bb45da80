import { en } from './en/activity.ts';
import { es } from './es/activity.ts';
import { defineTexts } from './text.ts';

export const activityTexts = defineTexts(en, es);
