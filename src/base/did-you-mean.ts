/** The candidate closest to `word`. `undefined` if none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // A long word from outside would make the comparison slow, so only its first 64 characters count.
  const wanted = word.slice(0, 64).toLowerCase();
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance);
  if (!best || best.distance > Math.max(2, Math.floor(wanted.length / 3))) return undefined;
  // Two edits turn a word of four letters into almost any other, so more than half of the letters must stay.
  return best.distance * 2 < Math.max(wanted.length, best.candidate.length) ? best.candidate : undefined;
}

/**
 * The number of edits that turn one word into the other. An edit inserts, removes or replaces a character, or swaps two neighbours (optimal
 * string alignment distance).
 */
export function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const swapped = isSwapped ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped));
    }
    before = row;
    row = next;
  }
  return row[right.length]!;
}
