import { en } from './en/identities.ts';
import { es } from './es/identities.ts';
import { defineTexts } from './text.ts';

export const identityTexts = defineTexts(en, es);
