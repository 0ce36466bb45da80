import type { MailView, RemoteContent } from '../../../../common/shapes/mail.ts';
import { Icon } from '../../parts/icon.tsx';
import { deliveryTexts } from '../../text/delivery.ts';
import { useText } from '../../text/text.ts';
import { readSender, type RemoteImages } from './remote-images.ts';

/** What a mail wants to fetch from elsewhere, who would hear of it, and what to do about it. */
export function RemoteNote({
  mail,
  hidden,
  images,
}: {
  mail: MailView;
  hidden: number;
  images: RemoteImages;
}) {
  const t = useText(deliveryTexts);
  const remote: RemoteContent = mail.remote ?? { images: 0, trackers: [] };
  const count = Math.max(remote.images, hidden);
  if (count === 0) return null;
  const sender = readSender(mail);
  const names = [...new Set(remote.trackers.map(({ host, name }) => name ?? host))];
  const tracking = remote.trackers.length;
  const counted = [
    t('images-remote', { n: count }),
    ...(tracking === 0 ? [] : [t('images-track', { n: tracking, names: names.slice(0, 3).join(', ') })]),
  ].join('; ');
  return (
    <div className="note remote-note" data-testid="images-hidden" data-shown={images.wanted}>
      <Icon name={images.wanted ? 'eye' : 'image-off'} size={17} />
      <div>
        <p>
          <strong>{counted}.</strong>{' '}
          {images.failed ? t('images-failed') : t(images.wanted ? 'images-shown' : 'images-hidden')}
          {images.wanted && tracking > 0 ? ` ${t('images-left-out')}` : null}
        </p>
        <p className="note-actions">
          {!images.wanted && remote.images > 0 ? (
            <button type="button" className="link-button" onClick={() => images.show()}>
              {t('show-images')}
            </button>
          ) : null}
          {sender === '' || remote.images === 0 ? null : (
            <button type="button" className="link-button" onClick={() => images.setAlways(!images.always)}>
              {t(images.always ? 'no-longer-show' : 'always-show', { address: sender })}
            </button>
          )}
        </p>
      </div>
    </div>
  );
}
