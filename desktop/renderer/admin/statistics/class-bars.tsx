import { useStore } from '../../parts/store.ts';
import { languageStore } from '../../text/text.ts';
import { scaleTop } from '../../account/history/join-entries.ts';

/** Units of the drawing: the width of a class, and the height of the scale. */
const SLOT = 12;
const HIGH = 100;
/** More names than these do not stand beside each other. */
const MOST_NAMES = 12;

/** Bars of classes; a dot where a number is not told. The same numbers stand in a table below. */
export function ClassBars({
  names,
  values,
  few,
}: {
  names: readonly string[];
  values: readonly (number | null)[];
  few: string;
}) {
  const language = useStore(languageStore);
  const top = scaleTop(Math.max(1, ...values.map((value) => value ?? 0)));
  const wide = values.length * SLOT;
  const every = values.length > MOST_NAMES ? 3 : 1;
  return (
    <div className="chart" aria-hidden="true">
      <div className="chart-scale">
        {[top, top / 2, 0].map((value, at) => (
          <span key={at}>
            {Number.isInteger(value) ? value.toLocaleString(language, { notation: 'compact' }) : ''}
          </span>
        ))}
      </div>
      <svg
        className="bars"
        viewBox={`0 0 ${wide} ${HIGH}`}
        preserveAspectRatio="none"
        focusable="false"
        data-testid="use-bars"
      >
        {[0, HIGH / 2, HIGH].map((y) => (
          <line key={y} className="bars-line" x1={0} x2={wide} y1={y} y2={y} />
        ))}
        {values.map((value, at) => {
          const tall = value === null || value === 0 ? 0 : Math.max(2, (value / top) * HIGH);
          return (
            <g key={at} className="bars-day">
              <title>{`${names[at]}: ${value?.toLocaleString(language) ?? few}`}</title>
              <rect className="bars-touch" x={at * SLOT} y={0} width={SLOT} height={HIGH} />
              {value === null ? (
                <rect
                  className="bars-bar"
                  opacity={0.35}
                  x={at * SLOT + 4}
                  y={HIGH - 3}
                  width={SLOT - 8}
                  height={3}
                />
              ) : (
                <rect className="bars-bar" x={at * SLOT + 2} y={HIGH - tall} width={SLOT - 4} height={tall} />
              )}
            </g>
          );
        })}
      </svg>
      <div
        className="chart-days"
        style={{ display: 'grid', gridTemplateColumns: `repeat(${names.length}, minmax(0, 1fr))` }}
      >
        {names.map((name, at) => (
          <span key={at} style={{ textAlign: 'center' }}>
            {at % every === 0 ? name : ''}
          </span>
        ))}
      </div>
    </div>
  );
}
