import { PATH_MODELS, type PathModelName } from "../../domain/backtest/stress/models/path-model.ts";
import { badFlag } from "./bad-flag.ts";

/** Reader of ways to simulate paths, separated by commas, or `all`; the flag may be given several times. */
export function readModels(
  flag: string,
): (text: string, before?: readonly PathModelName[]) => readonly PathModelName[] {
  return (text, before = []) => {
    const names = text.split(",").map((name) => name.trim());
    const found = names.flatMap((name) =>
      name === "all" ? PATH_MODELS : PATH_MODELS.filter((one) => one === name),
    );
    const unknown = names.find((name) => name !== "all" && !PATH_MODELS.some((one) => one === name));
    if (unknown !== undefined) {
      throw badFlag(
        flag,
        `there is no way of simulating called "${unknown}".`,
        `There are ${PATH_MODELS.join(", ")}, or all.`,
      );
    }
    return [...before, ...found];
  };
}
