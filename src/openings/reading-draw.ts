import type { AnyDrawRequest, DrawRequest, DrawResult } from '../sealing/draw.ts';
import { asksOrderOf, drawnOrderOf, orderRequest } from './order-draw.ts';

/** The draw of the order in which bids are read out (唱标顺序抽签): an order of the opened bids (order-draw.ts). */
export const readingPurpose = 'reading';
export const readingSeat = 'reading-order';
/** One bid has no order to be drawn, and none has nothing to be read. */
export const fewestDrawn = 2;

/** What the council is asked, for exactly these bids. */
export const readingRequest = (head: Pick<DrawRequest, 'id' | 'lot' | 'at'>, submissions: readonly string[]): DrawRequest =>
  orderRequest(readingSeat, head, submissions);

/** Is it the draw of exactly these bids' order, and of nothing else? */
export const asksReadingOf = (request: AnyDrawRequest, submissions: readonly string[]): boolean =>
  asksOrderOf(readingSeat, request, submissions);

/** Is it the draw of an order of reading? */
export const drawsReading = ({ seats }: Pick<AnyDrawRequest, 'seats'>): boolean => seats[0]?.specialty === readingSeat;

/** The bids in their order of reading; `received` are the same bids as they were received. */
export const readingOrderOf = (result: Pick<DrawResult, 'called'>, received: readonly string[]): readonly string[] =>
  drawnOrderOf(readingSeat, result, received);
