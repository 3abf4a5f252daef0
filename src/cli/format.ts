export * from "../domain/format.ts";
