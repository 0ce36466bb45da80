import { describeNeed } from '../../../../common/error-texts/provider-needs.ts';
import type { ProviderNeed } from '../../../../common/shapes/discovery.ts';
import { Icon } from '../../parts/icon.tsx';
import { useStore } from '../../parts/store.ts';
import { languageStore, useText } from '../../text/text.ts';
import { wizardTexts } from '../../text/wizard.ts';
import { listNeeds } from './list-needs.ts';
import { shortName, type FoundSettings, type WayIn } from './find-settings.ts';

/** In plain words: where the settings come from, which servers, and what the provider wants first. */
export function FoundSummary({
  email,
  found,
  wayIn,
  byPassword,
}: {
  email: string;
  found: FoundSettings;
  wayIn: WayIn;
  byPassword: boolean;
}) {
  const t = useText(wizardTexts);
  const language = useStore(languageStore);
  const { provider, found: settings, unencrypted } = found.discovery;
  const [best] = settings;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const name = provider === null ? domain : shortName(provider.name);
  const needs = listNeeds(provider?.needs ?? [], wayIn, byPassword);
  const help = provider?.help ?? null;
  const port = (one: { port: number; tls: string }): string =>
    t(one.tls === 'none' ? 'port-plain' : 'port-tls', { port: String(one.port) });
  const explain = (need: ProviderNeed): string => {
    const { message, action } = describeNeed(need, name, language);
    // Where it cannot be done here yet, that is said behind it.
    return action === null || (need === 'oauth' && wayIn === 'blocked') ? message : `${message} ${action}`;
  };
  return (
    <div className="found" data-testid="account-found" data-way-in={wayIn}>
      {best === undefined ? (
        <p className="note note-warning">
          <Icon name={wayIn === 'none' ? 'info' : 'warning'} size={17} />
          <span>
            {wayIn === 'none'
              ? explain('no-pop')
              : unencrypted === null
                ? t('nothing', { domain })
                : t('only-plain', { host: unencrypted.host })}
          </span>
        </p>
      ) : (
        <>
          {wayIn === 'blocked' ? null : (
            <p className="found-source">
              <Icon name="check" size={17} />
              <span>{t(`source-${best.source}`, { name, domain })}</span>
            </p>
          )}
          <dl className="found-servers">
            <div>
              <dt>{t('incoming')}</dt>
              <dd>
                <strong>{best.pop3.host}</strong> <span>{port(best.pop3)}</span>
              </dd>
            </div>
            <div>
              <dt>{t('outgoing')}</dt>
              <dd>
                <strong>{best.smtp?.host ?? t('outgoing-relay')}</strong>{' '}
                {best.smtp === null ? null : <span>{port(best.smtp)}</span>}
              </dd>
            </div>
          </dl>
        </>
      )}
      {needs.length === 0 ? null : (
        <ul className="found-needs">
          {needs.map((need) => (
            <li key={need}>
              <Icon name="info" size={17} />
              <span>{explain(need)}</span>
            </li>
          ))}
          {wayIn === 'blocked' ? (
            <li>
              <Icon name="warning" size={17} />
              <span>{t('no-client', { name })}</span>
            </li>
          ) : null}
        </ul>
      )}
      {help === null ? null : (
        <a className="found-help" href={help} target="_blank" rel="noopener noreferrer">
          {t(needs.length === 0 ? 'help-more' : 'help-page', { name })}
        </a>
      )}
    </div>
  );
}
