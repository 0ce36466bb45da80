import type { ProviderOAuth } from './provider.ts';

/** Google's device flow knows no mail scopes, so there is only the code flow. */
export const GOOGLE_OAUTH: ProviderOAuth = {
  flows: ['code'],
  authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  deviceUrl: null,
  scopes: ['https://mail.google.com/'],
  // Without both there is no refresh token at a second consent.
  extra: { access_type: 'offline', prompt: 'consent' },
  sasl: 'xoauth2',
};

export const MICROSOFT_OAUTH: ProviderOAuth = {
  flows: ['code', 'device'],
  authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
  tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  deviceUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/devicecode',
  scopes: [
    'https://outlook.office.com/POP.AccessAsUser.All',
    'https://outlook.office.com/SMTP.Send',
    'offline_access',
  ],
  extra: {},
  sasl: 'xoauth2',
};

/** Yahoo and AOL are one system at two names. */
export function yahooOAuth(login: 'login.yahoo.com' | 'login.aol.com'): ProviderOAuth {
  return {
    flows: ['code'],
    authorizeUrl: `https://api.${login}/oauth2/request_auth`,
    tokenUrl: `https://api.${login}/oauth2/get_token`,
    deviceUrl: null,
    scopes: ['mail-w'],
    extra: {},
    sasl: 'oauthbearer',
  };
}
