/** The parameters of a beta distribution, both above 0. */
export interface Beta {
  readonly a: number;
  readonly b: number;
}

/** Draws from a beta distribution; `random` gives numbers from 0 up to 1, without 1. */
export function sampleBeta({ a, b }: Beta, random: () => number): number {
  const [x, y] = [sampleGamma(a, random), sampleGamma(b, random)];
  return x + y === 0 ? a / (a + b) : x / (x + y);
}

/** After G. Marsaglia and W. W. Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26 (2000). */
function sampleGamma(shape: number, random: () => number): number {
  if (shape < 1) return sampleGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  // Each round is taken with a chance above 95 %; a source of numbers that always gives the same must end as well.
  for (let round = 0; round < maxRounds; round++) {
    const x = sampleNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
  return shape;
}

const maxRounds = 1000;

/** After Box and Muller (1958). */
function sampleNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
