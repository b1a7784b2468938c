const unit = (text: string, at: number) => text.charCodeAt(at);

/** At most so many UTF-16 code units from the start, never half of a surrogate pair: half of one cannot be signed. */
export function cutText(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  const splitsPair = unit(text, charactersMax - 1) >= 0xd800 && unit(text, charactersMax - 1) <= 0xdbff;
  return text.slice(0, splitsPair ? charactersMax - 1 : charactersMax);
}
