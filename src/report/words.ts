/** A field's name as words: `commissionPerShare` -> `Commission per share`. */
export function words(field: string): string {
  const spaced = field.replaceAll(/([a-z0-9])([A-Z])/g, (_, before: string, letter: string) => {
    return `${before} ${letter.toLowerCase()}`;
  });
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
