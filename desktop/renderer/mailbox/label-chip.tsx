import { foldLabel } from '../../../common/label-name.ts';
import { useProfile } from '../profile/profile-store.ts';

/** A label as it stands in rows and on a mail, in its colour; grey for one that the profile does not know. */
export function LabelChip({ name }: { name: string }) {
  const { labels } = useProfile();
  const key = foldLabel(name);
  const colour = labels.find((label) => foldLabel(label.name) === key)?.colour ?? 'grey';
  return (
    <span className={`chip label-${colour}`} title={name}>
      <span>{name}</span>
    </span>
  );
}
