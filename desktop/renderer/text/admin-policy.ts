import { en } from './en/admin-policy.ts';
import { es } from './es/admin-policy.ts';
import { defineTexts } from './text.ts';

export const adminPolicyTexts = defineTexts(en, es);
