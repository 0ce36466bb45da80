import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BINARIES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'electron',
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Opens the desktop app on this server when Electron is installed and a display is there; otherwise the address was shown. */
export function openDesktopApp(server: string, env: NodeJS.ProcessEnv): void {
  const binary = join(ROOT, 'node_modules', 'electron', 'dist', BINARIES[process.platform] ?? 'electron');
  const main = join(ROOT, 'desktop', '.dist', 'main.cjs');
  const hasDisplay = process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  if (!hasDisplay || !existsSync(binary) || !existsSync(main)) return;
  const app = spawn(binary, [main], {
    stdio: 'ignore',
    detached: true,
    env: { ...env, VALIJA_SERVER: server },
  });
  // The server is what was asked for; an app that cannot open must not end it.
  app.on('error', (error) => console.error(`The desktop app could not be opened: ${error.message}`));
  app.unref();
}
