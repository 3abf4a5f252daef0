import { expect, it } from "vitest";
import { looksForeign } from "./foreign-language.ts";

it.each([
  "Wie wird sich die Apple Aktie entwickeln?",
  "Quelle est la tendance pour les actions Apple ?",
  "¿Cómo van las acciones de Apple?",
  "苹果股票怎么样?",
  "Стоит ли покупать Apple?",
])("takes for another language: %s", (text) => {
  expect(looksForeign(text)).toBe(true);
});

it.each(["Analyze AAPL", "asdf qwer", "What about the El Pollo Loco and Las Vegas Sands?", "AAPL?", ""])(
  "takes for English, or for nothing: %s",
  (text) => {
    expect(looksForeign(text)).toBe(false);
  },
);
