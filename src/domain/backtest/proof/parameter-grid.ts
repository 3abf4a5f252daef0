import { z } from "zod";
import type { Random } from "../../random.ts";
import type { ParamsSchema } from "../strategy.ts";
import type { Axis } from "../sweep/axis.ts";
import { valuesAt } from "../sweep/grid.ts";

export type Params = Readonly<Record<string, unknown>>;

/** Steps to each side of a parameter's value, as factors, by how many parameters there are. */
const FACTORS = [
  [],
  [0.4, 0.6, 0.8, 1, 1.25, 1.6, 2.5],
  [0.5, 0.75, 1, 1.35, 2],
  [0.6, 1, 1.6],
  [0.7, 1.4],
] as const;

/** So many combinations are looked at; of more, so many at random. */
const MOST_LOOKED_AT = 5000;

interface Numeric {
  readonly name: string;
  readonly whole: boolean;
  readonly least: number;
  readonly most: number;
}

/**
 * A small grid around a strategy's parameters: every number in the schema is varied by factors, within what the
 * schema allows, and combinations that it refuses are left out. The given parameters come first. Empty where the
 * strategy has no numeric parameter.
 * @param most combinations; a random choice is kept where there are more
 */
export function parameterGrid(schema: ParamsSchema, given: Params, most: number, random: Random): Params[] {
  const numbers = numericParams(schema, given);
  if (numbers.length === 0) return [];
  const factors = FACTORS[Math.min(numbers.length, FACTORS.length - 1)] ?? [];
  const axes = numbers.map((parameter) => ({
    name: parameter.name,
    values: valuesOf(parameter, Number(given[parameter.name]), factors),
  }));
  const combinations = combinationNumbers(axes, random).map((number): Params => ({
    ...given,
    ...valuesAt(axes, number),
  }));
  const own = JSON.stringify(given);
  const others = combinations.filter((one) => JSON.stringify(one) !== own);
  const allowed = others.flatMap((one) => {
    const parsed = schema.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
  const kept = new Set(allowed.length < most ? allowed : random.shuffle(allowed).slice(0, most - 1));
  return [given, ...allowed.filter((one) => kept.has(one))];
}

/** All numbers of combinations, or a random choice of them. */
function combinationNumbers(axes: readonly Axis[], random: Random): number[] {
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  if (size <= MOST_LOOKED_AT) return Array.from({ length: size }, (_, number) => number);
  const drawn = Array.from({ length: MOST_LOOKED_AT }, () => Math.floor(random.uniform() * size));
  return Array.from(new Set(drawn));
}

const propertySchema = z.object({
  type: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
});

const objectSchema = z.object({ properties: z.record(z.string(), propertySchema).default({}) });

function numericParams(schema: ParamsSchema, given: Params): Numeric[] {
  const { properties } = objectSchema.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  return Object.entries(properties).flatMap(([name, property]) => {
    const whole = property.type === "integer";
    if ((!whole && property.type !== "number") || typeof given[name] !== "number") return [];
    return [
      {
        name,
        whole,
        least: property.minimum ?? property.exclusiveMinimum ?? -Infinity,
        most: property.maximum ?? property.exclusiveMaximum ?? Infinity,
      },
    ];
  });
}

function valuesOf({ whole, least, most }: Numeric, own: number, factors: readonly number[]): number[] {
  const span = Number.isFinite(most - least) ? most - least : 1;
  const values = factors.map((factor) => {
    // Nothing times a factor is nothing: from 0 one goes by parts of the range.
    const moved = own === 0 ? Math.log2(factor) * 0.1 * span : own * factor;
    const bounded = Math.min(most, Math.max(least, moved));
    return whole ? Math.round(bounded) : Number(bounded.toPrecision(6));
  });
  return Array.from(new Set([...values, own])).sort((a, b) => a - b);
}
