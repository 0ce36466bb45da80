import type { Language } from '../../../common/shapes/profile.ts';
import { en } from './en.ts';
import { es } from './es.ts';

/** Everything that the shell itself says. */
export interface ShellTexts {
  /** For what the system can say in many languages. */
  language: Language;
  file: string;
  edit: string;
  view: string;
  window: string;
  newMail: string;
  check: string;
  print: string;
  settings: string;
  signOut: string;
  quit: string;
  undo: string;
  redo: string;
  cut: string;
  copy: string;
  paste: string;
  pastePlain: string;
  selectAll: string;
  zoomIn: string;
  zoomOut: string;
  zoomReset: string;
  fullScreen: string;
  minimize: string;
  close: string;
  about: string;
  hide: string;
  hideOthers: string;
  showAll: string;
  services: string;
  show: string;
  openLink: string;
  copyLink: string;
  noSuggestion: string;
  newMailNotice: string;
  unread(count: number): string;
  policyWrong: string;
  mailLinks: string;
  background: string;
  atSignIn: string;
  spelling: string;
  learnWord: string;
  copyAddress: string;
  mailTo: string;
  copyImage: string;
  saveAs: string;
  notSaved(file: string): string;
  unsaved: string;
  unsavedLost: string;
  stay: string;
  closeAnyway: string;
  updateReady(version: string): string;
}

/** The texts in the language of the policy, else in the first of the system's languages that there are texts for. */
export function pickTexts(wanted: Language | null, systemLanguages: readonly string[]): ShellTexts {
  const tables: Record<Language, ShellTexts> = { en, es };
  if (wanted !== null) return tables[wanted];
  for (const language of systemLanguages) {
    const base = language.toLowerCase().split(/[-_]/)[0];
    if (base === 'en' || base === 'es') return tables[base];
  }
  return en;
}
