import { en } from './en/onboarding.ts';
import { es } from './es/onboarding.ts';
import { defineTexts } from './text.ts';

export const onboardingTexts = defineTexts(en, es);
