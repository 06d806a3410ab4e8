/**
 * The straight line that is nearest to points (least squares).
 * @param {Array<{ x: number, y: number }>} points  At least two different x; else the slope is 0.
 * @returns {{ slope: number, mean: number }} `mean` of y
 */
export function fitLine(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  let together = 0;
  let spread = 0;
  for (const { x, y } of points) {
    together += (x - meanX) * (y - meanY);
    spread += (x - meanX) ** 2;
  }
  return { slope: spread === 0 ? 0 : together / spread, mean: meanY };
}

/** The first and the last third of samples that were taken one after the other. */
export function outerThirds(samples) {
  const third = Math.floor(samples.length / 3);
  return { first: samples.slice(0, third), last: samples.slice(samples.length - third) };
}
