/** The format that an evidence bundle's manifest names (protocol §8). */
export const bundleFormat = 'yangguang/evidence/v1';
