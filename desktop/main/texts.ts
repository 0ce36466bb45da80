import type { Language } from '../../common/shapes/profile.ts';

/** Everything that the shell itself says. */
export interface ShellTexts {
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
}

const en: ShellTexts = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  newMail: 'New Mail',
  check: 'Check Mail',
  print: 'Print…',
  settings: 'Settings…',
  signOut: 'Sign Out',
  quit: 'Quit Valija',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pastePlain: 'Paste Without Formatting',
  selectAll: 'Select All',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  zoomReset: 'Actual Size',
  fullScreen: 'Full Screen',
  minimize: 'Minimize',
  close: 'Close Window',
  about: 'About Valija',
  hide: 'Hide Valija',
  hideOthers: 'Hide Others',
  showAll: 'Show All',
  services: 'Services',
  show: 'Show Valija',
  openLink: 'Open Link in Browser',
  copyLink: 'Copy Link',
  noSuggestion: 'No Suggestions',
  newMailNotice: 'New mail has arrived.',
  unread: (count) => (count === 0 ? 'Valija' : `Valija: ${count} unread`),
  policyWrong:
    'The settings of this computer are not right, so Valija does not start. Tell your administrator:',
};

const es: ShellTexts = {
  file: 'Archivo',
  edit: 'Edición',
  view: 'Ver',
  window: 'Ventana',
  newMail: 'Mensaje nuevo',
  check: 'Comprobar correo',
  print: 'Imprimir…',
  settings: 'Ajustes…',
  signOut: 'Cerrar sesión',
  quit: 'Salir de Valija',
  undo: 'Deshacer',
  redo: 'Rehacer',
  cut: 'Cortar',
  copy: 'Copiar',
  paste: 'Pegar',
  pastePlain: 'Pegar sin formato',
  selectAll: 'Seleccionar todo',
  zoomIn: 'Acercar',
  zoomOut: 'Alejar',
  zoomReset: 'Tamaño real',
  fullScreen: 'Pantalla completa',
  minimize: 'Minimizar',
  close: 'Cerrar ventana',
  about: 'Acerca de Valija',
  hide: 'Ocultar Valija',
  hideOthers: 'Ocultar otros',
  showAll: 'Mostrar todo',
  services: 'Servicios',
  show: 'Mostrar Valija',
  openLink: 'Abrir enlace en el navegador',
  copyLink: 'Copiar enlace',
  noSuggestion: 'Sin sugerencias',
  newMailNotice: 'Ha llegado correo nuevo.',
  unread: (count) => (count === 0 ? 'Valija' : `Valija: ${count} sin leer`),
  policyWrong: 'Los ajustes de este equipo no son correctos y Valija no se inicia. Avisa a tu administrador:',
};

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
