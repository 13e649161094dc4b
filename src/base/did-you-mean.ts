/** The candidate closest to `word`. `undefined` if none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // A long word from outside would make the comparison slow, so only its first 64 characters count.
  const wanted = word.slice(0, 64).toLowerCase();
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance);
  return best && best.distance <= Math.max(2, Math.floor(wanted.length / 3)) ? best.candidate : undefined;
}

/** The number of characters to insert, remove or replace to turn one word into the other (Levenshtein distance). */
export function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced));
    }
    row = next;
  }
  return row[right.length]!;
}
