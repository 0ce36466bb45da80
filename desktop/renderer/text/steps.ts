import { en } from './en/steps.ts';
import { es } from './es/steps.ts';
import { defineTexts } from './text.ts';

/** What signing in may ask beside name and password, and other ways in. */
export const stepTexts = defineTexts(en, es);
