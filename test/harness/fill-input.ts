import type { $ZodType, $ZodTypeDef } from 'zod/v4/core';

type Def = $ZodTypeDef & {
  shape?: Record<string, $ZodType>;
  innerType?: $ZodType;
  element?: $ZodType;
  options?: $ZodType[];
  in?: $ZodType;
  entries?: Record<string, string | number>;
  values?: unknown[];
};

const TEXTS = [
  'ana',
  'ana@example.org',
  'example.org',
  '2026-11-21T12:00:00.000Z',
  '2026-10',
  '10.0.0.0/8',
  'https://id.example.org/x',
  'text/plain',
  'days:7',
  '*.example.org',
  '0'.repeat(16),
];
const NUMBERS = [0, 1, 5, 50, 300, 5000, 2_000_000];

/**
 * An input that a procedure's schema takes, wherever it can be: ids and texts are `pick` where that is let in, what may be
 * left out is given too when `whole`, and waiting is never asked for.
 */
export function fillInput(schema: $ZodType, pick: string, whole: boolean, depth = 0): unknown {
  // Values of any depth refer to themselves.
  if (depth > 12) return null;
  const def = schema._zod.def as Def;
  const fill = (inner: $ZodType | undefined): unknown =>
    inner === undefined ? undefined : fillInput(inner, pick, whole, depth + 1);
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape ?? {})
          .map(([key, inner]) => [key, fill(inner)])
          .filter(([, value]) => value !== undefined),
      );
    case 'optional':
      return whole ? fill(def.innerType) : undefined;
    case 'default':
    case 'prefault':
      return undefined;
    case 'nullable':
      return whole ? fill(def.innerType) : null;
    case 'readonly':
    case 'catch':
    case 'nonoptional':
      return fill(def.innerType);
    case 'pipe':
      return fill(def.in);
    case 'lazy':
      return fill((def as unknown as { getter: () => $ZodType }).getter());
    case 'array':
      return [fill(def.element)];
    case 'union':
      return (def.options ?? []).map(fill).find((value) => fits(schema, value)) ?? fill(def.options?.[0]);
    case 'enum':
      return Object.values(def.entries ?? {})[0];
    case 'literal':
      return def.values?.[0];
    case 'boolean':
      return false;
    case 'number':
    case 'int':
      return NUMBERS.find((value) => fits(schema, value));
    case 'string':
      return [pick, ...TEXTS].find((value) => fits(schema, value));
    case 'record':
      return {};
    case 'null':
      return null;
    default:
      return pick;
  }
}

function fits(schema: $ZodType, value: unknown): boolean {
  const result = schema._zod.run({ value, issues: [] }, { async: false });
  return !(result instanceof Promise) && result.issues.length === 0;
}
