import { z } from "zod";
import { dataPrompt } from "../../prompts/data.ts";
import { fetchInputSchema, fetchMarketDataTool, summariseData } from "../../tools/fetch-market-data.ts";
import { listSymbolsTool } from "../../tools/list-symbols.ts";
import { defineSpecialist } from "../specialist.ts";

export const dataAgent = defineSpecialist({
  role: "data",
  toolName: "fetch_market_data",
  description: fetchMarketDataTool.description,
  decides: false,
  prompt: dataPrompt,
  input: fetchInputSchema,
  tools: [fetchMarketDataTool, listSymbolsTool],
  claim: z.object({
    dataSetId: z.string(),
    symbols: z.array(z.string()),
    rows: z.number().int().describe("Bars in the window"),
    summary: z.string().describe("What the quality findings mean for the analysis"),
  }),
  rules: (ctx, input) => fetchMarketDataTool.run(ctx, input),
  summarise: summariseData,
});
