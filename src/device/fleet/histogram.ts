/** A summary of latencies. All values are milliseconds. */
export interface LatencySummary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Each bucket is 4 % wider than the previous bucket. A percentile is therefore at most 2 % wrong. */
const growth = Math.log(1.04);
/** Upper end of the first bucket, in milliseconds. */
const smallest = 0.1;
/** Number of buckets. The last bucket is for latencies of more than 3 days. */
const bucketCount = 560;

/** Counts latencies in logarithmic buckets. The size of the histogram does not depend on the number of latencies. */
export class LatencyHistogram {
  readonly #buckets = new Uint32Array(bucketCount);
  #count = 0;
  #sum = 0;
  #max = 0;

  /** @param milliseconds 0 or more */
  add(milliseconds: number): void {
    const place = Math.ceil(Math.log(Math.max(milliseconds, smallest) / smallest) / growth);
    this.#buckets[Math.min(place, bucketCount - 1)]!++;
    this.#count++;
    this.#sum += milliseconds;
    this.#max = Math.max(this.#max, milliseconds);
  }

  get count(): number {
    return this.#count;
  }

  /** The latency that this share of the values does not exceed. @param share between 0 and 1 */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (let place = 0; place < bucketCount; place++) {
      seen += this.#buckets[place]!;
      if (seen >= wanted) return Math.min(this.#max, smallest * Math.exp(growth * (place - 0.5)));
    }
    return 0;
  }

  summary(): LatencySummary {
    const at = (share: number): number => rounded(this.percentile(share));
    return {
      count: this.#count,
      mean: rounded(this.#count === 0 ? 0 : this.#sum / this.#count),
      ...{ p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) },
      max: rounded(this.#max),
    };
  }

  /** Adds the values of another histogram. */
  merge(other: LatencyHistogram): void {
    for (let place = 0; place < bucketCount; place++) this.#buckets[place]! += other.#buckets[place]!;
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#max = Math.max(this.#max, other.#max);
  }
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;
