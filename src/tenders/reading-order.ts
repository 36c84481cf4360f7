/** In which order bids are read out (唱标顺序). The notice says it, so that nobody can choose when the bids are known. */
export const readingOrders = ['received', 'drawn'] as const;
export type ReadingOrder = (typeof readingOrders)[number];
