import { en } from './en/rules.ts';
import { es } from './es/rules.ts';
import { defineTexts } from './text.ts';

export const ruleTexts = defineTexts(en, es);
export type RuleText = keyof typeof en;
