import { en } from './en/admin-users.ts';
import { es } from './es/admin-users.ts';
import { defineTexts } from './text.ts';

export const adminUserTexts = defineTexts(en, es);
