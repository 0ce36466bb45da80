import { useQuery } from '@tanstack/react-query';
import { splitReason } from '../../../../common/reason.ts';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { findSuppression, suppressionsQuery } from '../../sending/suppressions.ts';
import { useDescribe } from '../../shell/explain.ts';
import { formatFullDate } from '../../text/format.ts';
import { preflightTexts } from '../../text/preflight.ts';
import { languageStore, useText } from '../../text/text.ts';

/** When an address failed before, why, and what its server said then. */
export function FailedBefore({ address }: { address: string }) {
  const t = useText(preflightTexts);
  const describe = useDescribe();
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const { data } = useQuery(suppressionsQuery);
  const found = findSuppression(data, address);
  if (found === undefined) return null;
  const params = { address, domain: address.slice(address.lastIndexOf('@') + 1) };
  const { message } = describe({ ...splitReason(found.reason), params, message: '', serverLine: null });
  return (
    <>
      <p>{t('failed-on', { time: formatFullDate(found.since, language, zone), why: message })}</p>
      {found.serverLine === null ? null : (
        <details className="server-words">
          <summary>{t('server-said')}</summary>
          <code>{found.serverLine}</code>
        </details>
      )}
    </>
  );
}
