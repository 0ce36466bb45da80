/** What one packaging works with. */
export interface PackagingFacts {
  version: string;
  electronVersion: string;
  /** The staged program (see stage-app.ts), and where packages go. */
  app: string;
  output: string;
  /** A folder with dictionaries of Electron's release for the spell check; null: none are brought. */
  dictionaries: string | null;
  /** A folder with Electron's binary, where it is not to be fetched; null: fetched by electron-builder. */
  electron: string | null;
  /** Who answers for the packages: `Name <address>`. */
  maintainer: string;
}

const HERE = import.meta.dirname;
/** Never changes: by it Windows knows that one MSI follows another. */
const UPGRADE_CODE = '6B0C3F2E-51D7-4E0B-9A55-0E6F1C9A7D24';
/**
 * Electron's switches in its binary: no Node by an environment variable, no debugger by an option, the program from its own
 * archive alone and only unchanged, cookies encrypted, nothing special about file://.
 */
const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/** The configuration of electron-builder, which checks it against its own schema before anything is built. */
export function makeBuilderConfig(facts: PackagingFacts) {
  return {
    appId: 'org.valija.desktop',
    productName: 'Valija',
    copyright: 'MIT License',
    electronVersion: facts.electronVersion,
    ...(facts.electron === null ? {} : { electronDist: facts.electron }),
    directories: { app: facts.app, output: facts.output, buildResources: HERE },
    files: ['**/*'],
    asar: true,
    npmRebuild: false,
    electronLanguages: ['en', 'en-US', 'es', 'es-419'],
    electronFuses: FUSES,
    extraResources: [
      { from: `${HERE}/policies`, to: 'policies' },
      ...(facts.dictionaries === null
        ? []
        : [{ from: facts.dictionaries, to: 'dictionaries', filter: ['*.bdic', 'LICENSE*'] }]),
    ],
    // Only so that latest*.yml is written, which an organisation's feed needs: where that is, a policy says.
    publish: { provider: 'generic' as const, url: 'https://updates.invalid/' },
    protocols: [
      { name: 'Valija', schemes: ['valija'] },
      { name: 'Mail', schemes: ['mailto'] },
    ],
    icon: `${facts.app}/icons/package.png`,
    artifactName: 'valija-${version}-${os}-${arch}.${ext}',
    win: { target: [target('nsis', 'x64', 'arm64'), target('msi', 'x64')] },
    nsis: {
      oneClick: false,
      perMachine: true,
      allowToChangeInstallationDirectory: true,
      include: `${HERE}/mail-links.nsh`,
    },
    msi: { oneClick: false, perMachine: true, upgradeCode: UPGRADE_CODE },
    mac: {
      // Updates of macOS come as zip.
      target: [target('dmg', 'x64', 'arm64'), target('zip', 'x64', 'arm64')],
      category: 'public.app-category.productivity',
      hardenedRuntime: true,
      entitlements: `${HERE}/entitlements.plist`,
      entitlementsInherit: `${HERE}/entitlements.plist`,
      extendInfo: {
        NSAppTransportSecurity: { NSAllowsArbitraryLoads: false, NSAllowsLocalNetworking: true },
      },
    },
    linux: {
      target: [target('AppImage', 'x64'), target('deb', 'x64')],
      category: 'Network;Email',
      executableName: 'valija',
      // What a desktop hands over stands behind it and is a link, never an option.
      executableArgs: ['--'],
      synopsis: 'Every POP3 maildrop in one inbox',
      maintainer: facts.maintainer,
      vendor: 'Valija',
      desktop: {
        entry: {
          GenericName: 'Mail client',
          'GenericName[es]': 'Cliente de correo',
          Keywords: 'mail;email;e-mail;POP3;',
          'Keywords[es]': 'correo;email;POP3;',
          StartupWMClass: 'Valija',
        },
      },
    },
  };
}

function target(kind: string, ...arch: string[]): { target: string; arch: string[] } {
  return { target: kind, arch };
}
