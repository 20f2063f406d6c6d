/** Finding a line by some of its letters: "gosh" finds "Go to chats-db/shard-2". */

/**
 * How well the letters of `query` are found in `text`, in their order; null when they are not.
 * Letters in a row and at the start of a word count more.
 */
export function fuzzyScore(query: string, text: string): number | null {
  const wanted = query.toLowerCase().replaceAll(' ', '');
  const given = text.toLowerCase();
  const whole = given.indexOf(query.toLowerCase().trim());
  // What was typed as it stands beats any scattered letters.
  let score = whole < 0 ? 0 : 100 - Math.min(50, whole);
  let from = 0;
  let previous = -2;
  for (const letter of wanted) {
    const at = given.indexOf(letter, from);
    if (at < 0) return null;
    const isStart = at === 0 || /[\s/.:>-]/.test(given[at - 1]!);
    score += (at === previous + 1 ? 4 : 0) + (isStart ? 3 : 0) - Math.min(2, (at - from) / 8);
    previous = at;
    from = at + 1;
  }
  return score;
}
