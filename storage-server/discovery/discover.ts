import { findProviderOfAddress } from '../../common/providers/find-provider.ts';
import type { Discovery } from '../../common/shapes/discovery.ts';
import { describeProvider, settingsOfProvider } from './from-provider.ts';

export async function discover(email: string): Promise<Discovery> {
  const provider = findProviderOfAddress(email);
  if (provider === null) return { email, provider: null, found: [] };
  const settings = settingsOfProvider(provider, email, 'own');
  return { email, provider: describeProvider(provider), found: settings === null ? [] : [settings] };
}
