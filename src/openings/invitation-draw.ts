import type { AnyDrawRequest, DrawRequest, DrawResult } from '../sealing/draw.ts';
import { asksOrderOf, drawnOrderOf, orderRequest } from './order-draw.ts';

/**
 * The draw of the suppliers that are invited (随机抽取供应商): an order of the qualified applications (order-draw.ts), of which the first are invited. How many, the
 * notice of prequalification said.
 */
export const invitationPurpose = 'invited';
export const invitationSeat = 'invited-suppliers';

/** What the council is asked, for exactly these applications. */
export const invitationRequest = (head: Pick<DrawRequest, 'id' | 'lot' | 'at'>, applications: readonly string[]): DrawRequest =>
  orderRequest(invitationSeat, head, applications);

/** Is it the draw from exactly these applications, and of nothing else? */
export const asksInvitationOf = (request: AnyDrawRequest, applications: readonly string[]): boolean =>
  asksOrderOf(invitationSeat, request, applications);

/** Is it a draw of suppliers? */
export const drawsInvitation = ({ seats }: Pick<AnyDrawRequest, 'seats'>): boolean => seats[0]?.specialty === invitationSeat;

/** Those invited, in the order in which they were drawn. */
export const invitedOf = (result: Pick<DrawResult, 'called'>, applications: readonly string[], invited: number): readonly string[] =>
  drawnOrderOf(invitationSeat, result, applications).slice(0, invited);
