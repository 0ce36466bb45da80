import { en } from './en/wizard.ts';
import { es } from './es/wizard.ts';
import { defineTexts } from './text.ts';

export const wizardTexts = defineTexts(en, es);
