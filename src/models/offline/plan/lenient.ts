import { z } from "zod";

/** Every part may be missing, at every depth. */
export type Lenient<T> = T extends readonly (infer E)[]
  ? Lenient<E>[]
  : T extends object
    ? { readonly [K in keyof T]?: Lenient<T[K]> | undefined }
    : T;

/**
 * The schema with every field optional at every depth: what does not fit is left out instead of refused, so that
 * an answer can be composed from what did arrive. Never throws on parse.
 */
export function lenient<S extends z.ZodObject>(schema: S): z.ZodType<Lenient<z.output<S>>> {
  return soften(schema) as unknown as z.ZodType<Lenient<z.output<S>>>;
}

function soften(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries<z.core.$ZodType>(schema.shape);
    return z
      .object(
        Object.fromEntries(fields.map(([name, field]) => [name, soften(field).optional().catch(undefined)])),
      )
      .catch({});
  }
  if (schema instanceof z.ZodArray) {
    return z
      .array(soften(schema.element).optional().catch(undefined))
      .transform((items) => items.filter((item) => item !== undefined))
      .catch([]);
  }
  if (schema instanceof z.ZodNullable) return soften(schema.unwrap()).nullable();
  if (schema instanceof z.ZodDefault) return soften(schema.unwrap());
  if (schema instanceof z.ZodRecord) {
    return z
      .record(z.string(), z.unknown())
      .transform((record) =>
        Object.fromEntries(
          Object.entries(record).filter(([, value]) => z.safeParse(schema.valueType, value).success),
        ),
      );
  }
  return schema as z.ZodType;
}
