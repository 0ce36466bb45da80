import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { app, dialog, protocol } from 'electron';
import { APP_SCHEME } from './page/app-origin.ts';
import { readArguments } from './settings/arguments.ts';
import { KeptSettingsFile } from './settings/kept-settings.ts';
import { listLabBases, openLabRoot, openLabSession, type LabFolders } from './lab/lab.ts';
import { writeLog } from './log.ts';
import {
  checkPolicy,
  mergeSettings,
  PolicyError,
  readEnvironment,
  type MergedSettings,
  type SettingLayers,
} from './settings/managed-settings.ts';
import { readPolicies, systemSources } from './settings/read-policies.ts';
import { placeDictionaries } from './spelling/place-dictionaries.ts';
import { pickTexts } from './text/texts.ts';
import { TokenFile } from './settings/token-file.ts';

export interface PreparedShell {
  settings: MergedSettings;
  kept: KeptSettingsFile;
  tokens: TokenFile;
  /** Where this session's files are, in lab mode. */
  lab: LabFolders | null;
  /** Links that the program was started with. */
  links: string[];
  /** The window waits until somebody asks for it. */
  hidden: boolean;
  /** Languages whose dictionaries came with the program. */
  spelling: string[];
}

/**
 * Settles before Chromium is ready what cannot be changed later: folders, the scheme, the sandbox, the one instance.
 * null when this process has nothing to do: another instance took over, or a policy cannot be understood.
 */
export function prepareShell(): PreparedShell | null {
  app.setName('Valija');
  app.setAppUserModelId('org.valija.desktop');
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  const asked = readArguments(process.argv);
  try {
    const layers = readLayers(asked);
    const folders = mergeSettings(layers).lab ? openLabFolders() : openOwnFolder();
    if (folders === null) {
      app.quit();
      return null;
    }
    const kept = new KeptSettingsFile(folders.settings);
    const own = kept.now.server === null ? {} : { server: kept.now.server };
    const settings = mergeSettings({ ...layers, kept: own });
    const tokens = new TokenFile(settings.remember ? folders.settings : null);
    const hidden = asked.hidden && folders.lab === null && settings.background;
    const spelling = placeDictionaries(findDictionaries(), app.getPath('sessionData'));
    return { settings, kept, tokens, lab: folders.lab, links: asked.links, hidden, spelling };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const { policyWrong } = pickTexts(null, [Intl.DateTimeFormat().resolvedOptions().locale]);
    dialog.showErrorBox('Valija', `${policyWrong}\n\n${error.message}`);
    app.exit(1);
    return null;
  }
}

/** Beside the program where it is packaged, else beside the build. */
function findDictionaries(): string {
  return join(app.isPackaged ? process.resourcesPath : import.meta.dirname, 'dictionaries');
}

function readLayers(asked: { server: string | null; lab: boolean }): SettingLayers {
  return {
    ...readPolicies(systemSources(userInfo().username)),
    commandLine: checkPolicy(
      { ...(asked.server === null ? {} : { server: asked.server }), ...(asked.lab ? { lab: true } : {}) },
      'command line',
    ),
    environment: readEnvironment(process.env),
    kept: {},
  };
}

interface Folders {
  /** Where the shell's own files go; null: nowhere. */
  settings: string | null;
  lab: LabFolders | null;
}

function openOwnFolder(): Folders | null {
  const folder = join(app.getPath('appData'), 'Valija');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
  return app.requestSingleInstanceLock() ? { settings: folder, lab: null } : null;
}

/**
 * A fresh folder for everything that Chromium writes. The lock of the one instance is in a folder of a known name above
 * it: whoever holds it knows that all other sessions there are dead, and removes them.
 */
function openLabFolders(): Folders | null {
  const uid = process.getuid?.() ?? null;
  const root = openLabRoot(listLabBases(process.platform, process.env, tmpdir()), uid);
  app.setPath('userData', root);
  if (!app.requestSingleInstanceLock()) return null;
  const { folders, unremoved } = openLabSession(root);
  if (unremoved.length > 0) writeLog('stale-lab-sessions', { count: unremoved.length });
  app.setPath('userData', folders.session);
  app.setPath('sessionData', folders.session);
  const crashes = join(folders.session, 'crashes');
  mkdirSync(crashes, { mode: 0o700 });
  app.setPath('crashDumps', crashes);
  app.setAppLogsPath(join(folders.session, 'logs'));
  app.commandLine.appendSwitch('disable-http-cache');
  return { settings: null, lab: folders };
}
