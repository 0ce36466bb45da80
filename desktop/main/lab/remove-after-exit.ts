import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LabFolders } from './lab.ts';

const POSIX = `while kill -0 "$VALIJA_WAIT_FOR" 2>/dev/null; do sleep 0.2; done
rm -rf -- "$VALIJA_SESSION"; rmdir -- "$VALIJA_ROOT"`;
const WINDOWS = `Wait-Process -Id $env:VALIJA_WAIT_FOR -ErrorAction SilentlyContinue
Remove-Item -LiteralPath $env:VALIJA_SESSION -Recurse -Force -ErrorAction SilentlyContinue
Remove-Item -LiteralPath $env:VALIJA_ROOT -ErrorAction SilentlyContinue`;

/**
 * Has the system remove a lab session's folder once the process `pid` is gone: Chromium may write until its very end,
 * and Windows removes no open file. Paths go by the environment, so nothing in them is ever read as a command.
 */
export function removeAfterExit({ root, session }: LabFolders, pid: number): void {
  const isWindows = process.platform === 'win32';
  const shell = isWindows
    ? join(
        process.env['SystemRoot'] ?? 'C:\\Windows',
        'System32',
        'WindowsPowerShell',
        'v1.0',
        'powershell.exe',
      )
    : '/bin/sh';
  const args = isWindows ? ['-NoProfile', '-NonInteractive', '-Command', WINDOWS] : ['-c', POSIX];
  const helper = spawn(shell, args, {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    cwd: isWindows ? undefined : '/',
    env: { ...process.env, VALIJA_WAIT_FOR: String(pid), VALIJA_SESSION: session, VALIJA_ROOT: root },
  });
  // Without the helper the next start sweeps.
  helper.on('error', () => undefined);
  helper.unref();
}
