import { en } from './en/mailboxes.ts';
import { es } from './es/mailboxes.ts';
import { defineTexts } from './text.ts';

export const mailboxTexts = defineTexts(en, es);
