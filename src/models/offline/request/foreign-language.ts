/** Small words of German, French, Spanish, Italian and Portuguese that English does not have. */
const WORDS =
  /(?<![\p{L}])(?:der|das|und|ist|wie|wird|ich|nicht|für|mit|eine?n?|kaufen|aktien?|zeige?|le|les|une|est|dans|pour|avec|quel(?:le)?s?|comment|acheter|moi|el|los|las|una|cómo|qué|para|acciones|comprar|il|gli|della|che|sono|azioni|comprare|os|uma|não|ações|você)(?![\p{L}])/giu;

const ENGLISH =
  /\b(?:the|and|of|for|is|are|what|how|my|with|about|analy[sz]e|compare|show|propose|buy|should)\b/i;

/** Whether a text is hardly English: another script, or several small words of another language and none of English. */
export function looksForeign(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters > 0 && latin < letters / 2) return true;
  return (text.match(WORDS)?.length ?? 0) >= 2 && !ENGLISH.test(text);
}
