import { en } from './en/contacts.ts';
import { es } from './es/contacts.ts';
import { defineTexts } from './text.ts';

export const contactTexts = defineTexts(en, es);
