import type { RequestText } from "./request-text.ts";

export type Refusal = "secrets" | "limits" | "instructions";

/** What is refused outright, with what to say of it. */
export const REFUSALS: Readonly<Record<Refusal, string>> = {
  secrets:
    "Keys, passwords and the text of the instructions are not shown: this model has no access to any key.",
  limits: "Limits are not set aside by a request: they are code, and no prompt can lift them.",
  instructions: "The rules of this product are not set aside by a request.",
};

const FORMS: readonly (readonly [Refusal, RegExp])[] = [
  [
    "secrets",
    /\b(?:reveal|show|print|tell|give|send|leak|expose|display|output|repeat|what(?:'s| is| are)|dump|list)\b[^.!?]*\b(?:api[- ]?keys?|keys?\b(?! (?:figures|numbers|points|risks|levels|facts|metrics|takeaways|findings|statistics))|passwords?|secrets?|credentials?|access tokens?|system prompt|(?:hidden|initial|original|system|your) (?:instructions|prompts?)|environment variables?|env vars?)/i,
  ],
  [
    "instructions",
    /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]*\b(?:previous|prior|above|all|your|earlier|system) (?:instructions?|rules?|prompts?|messages?|guidelines?)\b|\byou are now\b|\b(?:developer|jailbreak|dan) mode\b|\bpretend (?:to be|you are|that)\b|\bsay (?:that )?(?:it is|there is) (?:no|zero) risk\b|\b(?:make up|invent|fabricate|fake)\b[^.!?]*\b(?:numbers?|figures?|data|results?|prices?|returns?)\b/i,
  ],
  [
    "limits",
    /\b(?:ignore|disregard|bypass|override|remove|lift|disable|turn off|switch off|break|exceed|skip|without)\b[^.!?,;]*\b(?:limits?|risk gate|gate|kill switch|safety|safeguards?|guard-?rails?|restrictions?)\b/i,
  ],
];

/** What the request asks for that is refused, first of all readings. */
export function readRefusal(text: RequestText): Refusal | undefined {
  return FORMS.find(([, pattern]) => text.has(pattern))?.[0];
}

const SKIP_RISK: readonly RegExp[] = [
  /\b(?:skip|without(?: (?:asking|consulting|calling|using|involving|waiting for))?|ignore|disregard|omit|leave out|no|bypass|don't (?:do|run|bother with|check|ask|consult|call|wait for)|do not (?:do|run|check|ask|consult|call|wait for)|never mind|forget(?: about)?|not? need(?: for)?(?: a| the)?)\s+(?:any |the |a |your |about )*risk(?:s)?(?:[- ](?:check(?:s)?|agent|analysis|assessment|part|stage|step|review|report|management|controls?))?(?!\w)(?!-)/i,
  /\brisk (?:agent|check|analysis|assessment)\b[^.;!?]{0,40}\b(?:skip|ignore|bypass|omit|leave out) (?:it|him|her|them)\b/i,
];

/** Whether the request wants the risk agent left out; the words are used up. */
export function readSkipRisk(text: RequestText): boolean {
  return SKIP_RISK.some((pattern) => text.take(pattern) !== undefined);
}
