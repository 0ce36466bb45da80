import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { describeError, writeLog } from '../log.ts';
import { writeSafely } from '../write-safely.ts';

const FILE = 'session.json';

/**
 * The refresh token between two starts, encrypted by the system's key store. With `folder` null (lab mode, or a policy
 * that forbids it) nothing is ever kept.
 */
export class TokenFile {
  readonly #path: string | null;

  constructor(folder: string | null) {
    this.#path = folder === null ? null : join(folder, FILE);
  }

  /** Whether this computer has a safe place: on Linux `basic_text` is encryption with a key that everybody knows. */
  async isSafe(): Promise<boolean> {
    if (this.#path === null) return false;
    if (process.platform === 'linux') {
      const backend = safeStorage.getSelectedStorageBackend();
      if (backend === 'basic_text' || backend === 'unknown') return false;
    }
    return await safeStorage.isAsyncEncryptionAvailable().catch(() => false);
  }

  /** Whether it is kept; where it is not, a former one is gone too. */
  async keep(server: string, refreshToken: string): Promise<boolean> {
    if (this.#path === null) return false;
    try {
      if (!(await this.isSafe())) throw new Error('no safe place');
      const token = (await safeStorage.encryptStringAsync(refreshToken)).toString('base64');
      writeSafely(this.#path, JSON.stringify({ server, token }));
      return true;
    } catch (error) {
      writeLog('token-not-kept', { error: describeError(error) });
      this.forget();
      return false;
    }
  }

  /** The token kept for this server; null when there is none or it cannot be read any more. */
  async read(server: string | null): Promise<string | null> {
    if (this.#path === null || server === null) return null;
    try {
      const kept = JSON.parse(readFileSync(this.#path, 'utf8')) as { server?: unknown; token?: unknown };
      if (kept.server !== server || typeof kept.token !== 'string' || !(await this.isSafe())) return null;
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
        Buffer.from(kept.token, 'base64'),
      );
      if (shouldReEncrypt) await this.keep(server, result);
      return result;
    } catch {
      return null;
    }
  }

  /** False when the file could not be removed. */
  forget(): boolean {
    if (this.#path === null) return true;
    try {
      rmSync(this.#path, { force: true });
      return true;
    } catch {
      return false;
    }
  }
}
