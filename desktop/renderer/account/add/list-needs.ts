import type { ProviderNeed } from '../../../../common/shapes/discovery.ts';
import type { WayIn } from './find-settings.ts';

/** What is worth saying: whoever signs in at the provider's page needs no app password. */
export function listNeeds(needs: readonly ProviderNeed[], wayIn: WayIn, byPassword: boolean): ProviderNeed[] {
  const signsIn = wayIn === 'oauth' && !byPassword;
  return needs.filter((need) => {
    if (need === 'no-pop') return false;
    if (need === 'app-password') return !signsIn;
    return need !== 'oauth' || signsIn || wayIn === 'blocked';
  });
}
