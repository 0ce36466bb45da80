import type { Language } from '../common/shapes/profile.ts';
import type { Settings } from '../server-kit/settings.ts';
import type { PartName } from './options.ts';
import type { RunningSystem } from './start-parts.ts';

/** The ready line of the contract; null for what does not run here. */
export interface Ready {
  ready: true;
  web: string | null;
  profile: string | null;
  storage: string | null;
  submission: { host: string; port: number } | null;
  relay: string | null;
  dataDir: string;
  setupCode: string | null;
}

export function makeReady(
  parts: readonly PartName[],
  settings: Settings,
  dataDir: string,
  { setupCode, submission }: RunningSystem,
): Ready {
  const profile = parts.includes('profile-server') ? settings.publicUrl : null;
  return {
    ready: true,
    web: profile,
    profile,
    storage: parts.includes('storage-server') ? settings.storageUrl : null,
    submission,
    relay: parts.includes('smtp-relay') ? settings.relayUrl : null,
    dataDir,
    setupCode: setupCode(),
  };
}

const SENTENCES = {
  en: {
    running: 'Valija is running.',
    open: 'Open it in a browser:',
    storage: 'Storage server:',
    submission: 'Submission (SMTP):',
    relay: 'Relay:',
    data: 'Data:',
    setup: 'Setup code for the first administrator:',
    stop: 'Ctrl+C stops it.',
  },
  es: {
    running: 'Valija está en marcha.',
    open: 'Ábrela en un navegador:',
    storage: 'Servidor de correo guardado:',
    submission: 'Entrega de correo (SMTP):',
    relay: 'Servidor de envío:',
    data: 'Datos:',
    setup: 'Código de instalación para el primer administrador:',
    stop: 'Ctrl+C la detiene.',
  },
} as const;

/** The same for people. */
export function formatReady(ready: Ready, language: Language): string {
  const say = SENTENCES[language];
  const { submission } = ready;
  const lines: [string, string | null][] = [
    [say.open, ready.web],
    [say.setup, ready.setupCode],
    [say.storage, ready.storage],
    [say.submission, submission === null ? null : `${submission.host}:${submission.port}`],
    [say.relay, ready.relay],
    [say.data, ready.dataDir],
  ];
  const shown = lines.filter((line): line is [string, string] => line[1] !== null);
  const width = Math.max(...shown.map(([label]) => label.length));
  const table = shown.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
  return ['', say.running, '', ...table, '', say.stop, ''].join('\n');
}

/** Said when wrong tries have used up the code that was shown. */
export function formatSetupCode(code: string, language: Language): string {
  return `${SENTENCES[language].setup} ${code}`;
}
